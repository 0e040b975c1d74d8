import type { DatabaseDrivers } from '../contract/database.ts'
import type { Problem } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { driversOf } from './drivers.ts'
import { LIMITS } from './limits.ts'
import { REQUIRED_FILES, requireServiceFiles } from './required-files.ts'
import { librariesIn, readRuntimeConfig, type RuntimeNeed } from './runtime.ts'
import type { Source } from './source.ts'
import { openSource } from './open-source.ts'

/** What is known of an archive or folder of the service without unpacking it. */
export interface SourceDescription {
  readonly kind: 'archive' | 'folder'
  readonly path: string
  /** Number of files. */
  readonly files: number
  /** Bytes, unpacked. */
  readonly unpackedBytes: number
  /** Undefined when `IdentityService.runtimeconfig.json` is missing or does not say. */
  readonly runtime?: RuntimeNeed
  readonly drivers: DatabaseDrivers
  /** Version of Entity Framework Core. */
  readonly entityFramework?: string
  readonly hasMigrations: boolean
  /** Paths of the vendor's scripts that make a PFX. */
  readonly pfxScripts: readonly string[]
  /** Paths of PFX files in the source. They are the same in each copy, so they are reported and never used. */
  readonly shippedPfx: readonly string[]
  /** `appsettings.json`. */
  readonly settings: Uint8Array
  readonly webConfig?: Uint8Array
  /** `Dockerfile-OAuth`. */
  readonly dockerfile?: Uint8Array
  readonly warnings: readonly Problem[]
}

/**
 * Recognises an archive or folder as the vendor's and describes it, changing nothing.
 * Throws what {@link openSource} and {@link requireServiceFiles} throw.
 */
export async function describeSource(machine: Machine, path: string): Promise<SourceDescription> {
  const source = await openSource(machine, path)
  requireServiceFiles(source)
  const [settings, webConfig, dockerfile, runtimeConfig, dependencies] = await Promise.all(
    [
      'appsettings.json',
      'web.config',
      'Dockerfile-OAuth',
      'IdentityService.runtimeconfig.json',
      'IdentityService.deps.json',
    ].map((name) => readText(source, name)),
  )
  const runtime = runtimeConfig && readRuntimeConfig(runtimeConfig)
  const entityFramework = dependencies && librariesIn(dependencies).get('microsoft.entityframeworkcore')
  const paths = source.files.map((file) => file.path)
  const shippedPfx = paths.filter((name) => /\.(pfx|p12)$/i.test(name))
  return {
    kind: source.kind,
    path,
    files: source.files.length,
    unpackedBytes: source.files.reduce((sum, file) => sum + file.size, 0),
    ...(runtime ? { runtime } : {}),
    drivers: dependencies ? driversOf(dependencies) : {},
    ...(entityFramework === undefined ? {} : { entityFramework }),
    hasMigrations: paths.some((name) => /^Data\/Migrations\//i.test(name)),
    pfxScripts: paths.filter((name) => /(^|\/)generate_pfx\.(ps1|sh)$/i.test(name)),
    shippedPfx,
    settings: settings!,
    ...(webConfig ? { webConfig } : {}),
    ...(dockerfile ? { dockerfile } : {}),
    warnings: warningsAbout(path, runtime, shippedPfx, webConfig, dockerfile),
  }
}

const REQUIRED: ReadonlySet<string> = new Set(REQUIRED_FILES)

/** A file's bytes; one too large to be what its name says counts as missing, unless the service cannot do without. */
async function readText(source: Source, name: string): Promise<Uint8Array | undefined> {
  const file = source.files.find((other) => other.path === name)
  return file && (REQUIRED.has(name) || file.size <= LIMITS.textBytes) ? source.read(file) : undefined
}

function warningsAbout(
  path: string,
  runtime: RuntimeNeed | undefined,
  shippedPfx: readonly string[],
  webConfig: Uint8Array | undefined,
  dockerfile: Uint8Array | undefined,
): Problem[] {
  const warn = (code: string, what: string, next: string): Problem => ({
    code: `source.${code}`,
    what,
    where: { file: path },
    next,
  })
  return [
    ...(runtime
      ? []
      : [
          warn(
            'runtime-unknown',
            'IdentityService.runtimeconfig.json is missing or names no framework, so the runtime needed is unknown.',
            'Compare the installed .NET runtime with the one named in the deployment guide of your Creatio version.',
          ),
        ]),
    ...shippedPfx.map((name) =>
      warn(
        'shipped-pfx',
        `The source holds the certificate file ${name}. It is the same in every copy of this build and is not used.`,
        'Let this program make a new certificate, or choose one of your own.',
      ),
    ),
    ...(webConfig
      ? []
      : [
          warn(
            'no-web-config',
            'There is no web.config, which IIS needs.',
            'Use Docker, or another archive for IIS.',
          ),
        ]),
    ...(dockerfile
      ? []
      : [
          warn(
            'no-dockerfile',
            'There is no Dockerfile-OAuth, which Docker needs.',
            'Use IIS, or an archive of Creatio 8.0.8 or later for Docker.',
          ),
        ]),
  ]
}
