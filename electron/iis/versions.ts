/** The runtime of the Identity Service that came with a version of Creatio. */
export interface ServiceRuntime {
  /** `2.2`, `6.0`, `8.0`. */
  readonly version: string
  /** What an installer has to look for on the .NET download pages. */
  readonly bundle: string
}

const FIRST_VERSION = [7, 16, 4]

/**
 * From which version of Creatio on, newest first: Creatio Academy, “Set up the Identity Service”, for 8.0 to 8.3.
 * The 3.1 bundle brings the module that .NET Core 2.2 needs, but not its runtime.
 */
const RUNTIMES: readonly { readonly from: readonly number[]; readonly runtime: ServiceRuntime }[] = [
  { from: [8, 2, 1], runtime: { version: '8.0', bundle: 'ASP.NET Core 8.0 Hosting Bundle' } },
  { from: [8, 0, 8], runtime: { version: '6.0', bundle: 'ASP.NET Core 6.0 Hosting Bundle' } },
  {
    from: FIRST_VERSION,
    runtime: { version: '2.2', bundle: '.NET Core 2.2 Runtime and .NET Core 3.1 Hosting Bundle' },
  },
]

/** Later than what the vendor's pages describe. */
const UNKNOWN_FROM = [9]

/**
 * The runtime that Creatio's documentation names for a version such as `8.2.1.1234`; undefined for versions without an
 * Identity Service, for those that the documentation does not cover, and for what is not a version.
 */
export function runtimeForCreatio(version: string): ServiceRuntime | undefined {
  const parts = partsOf(version)
  if (!parts || isFrom(parts, UNKNOWN_FROM)) return undefined
  return RUNTIMES.find(({ from }) => isFrom(parts, from))?.runtime
}

/**
 * One sentence when what `runtimeconfig.json` asks for is not what the documentation names for this Creatio; undefined
 * when they agree or nothing is known. The file counts: it says what the service really needs.
 */
export function runtimeDisagrees(creatio: string, required: string): string | undefined {
  const documented = runtimeForCreatio(creatio)
  const [major, minor] = partsOf(required) ?? []
  if (!documented || major === undefined || `${major}.${minor ?? 0}` === documented.version) return undefined
  return `Creatio ${creatio} comes with an Identity Service for .NET ${documented.version}; this one needs .NET ${major}.${minor ?? 0}.`
}

function partsOf(version: string): readonly number[] | undefined {
  const numbers = /^\s*(\d+(?:\.\d+)+)/.exec(version)?.[1]
  return numbers?.split('.').map(Number)
}

function isFrom(version: readonly number[], from: readonly number[]): boolean {
  for (const [index, part] of from.entries()) {
    const own = version[index] ?? 0
    if (own !== part) return own > part
  }
  return true
}

/** The versions of Creatio whose Identity Service needs this .NET, in words; undefined when none is known. */
export function versionsOfCreatio(required: string): string | undefined {
  const [major, minor] = partsOf(required) ?? []
  const at = RUNTIMES.findIndex(({ runtime }) => runtime.version === `${major}.${minor ?? 0}`)
  const row = RUNTIMES[at]
  if (!row) return undefined
  const next = RUNTIMES[at - 1]
  return next
    ? `${row.from.join('.')} and later, before ${next.from.join('.')}`
    : `${row.from.join('.')} and later`
}
