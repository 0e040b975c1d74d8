import { readFile } from 'node:fs/promises'
import { parse } from 'jsonc-parser'

/** Where the hosting bundle puts .NET. */
const DOTNET = 'C:\\Program Files\\dotnet'

interface Framework {
  readonly name: string
  readonly version: string
}

/**
 * What the .NET host says when a framework of `IdentityService.runtimeconfig.json` is not installed; undefined when
 * all are. Without settings for it the host goes up to a later minor version and never to another major one
 * (learn.microsoft.com “Select which .NET version to use”).
 *
 * @param dll path of the program
 * @param installed versions by framework name
 */
export async function missingFramework(
  dll: string,
  installed: Readonly<Record<string, readonly string[]>>,
): Promise<string | undefined> {
  const frameworks = await wanted(dll.replace(/\.dll$/i, '.runtimeconfig.json'))
  const lacking = frameworks.find(
    ({ name, version }) => !(installed[name] ?? []).some((one) => fits(one, version)),
  )
  if (lacking === undefined) return undefined
  const { name, version } = lacking
  const found = (installed[name] ?? []).map((one) => `  ${one} at [${DOTNET}\\shared\\${name}]`)
  return [
    'You must install or update .NET to run this application.',
    '',
    `App: ${dll}`,
    'Architecture: x64',
    `Framework: '${name}', version '${version}' (x64)`,
    `.NET location: ${DOTNET}\\`,
    '',
    ...(found.length === 0
      ? ['No frameworks were found.']
      : ['The following frameworks were found:', ...found]),
    '',
    'Learn more:',
    'https://aka.ms/dotnet/app-launch-failed',
  ].join('\r\n')
}

/** A file that is missing or unreadable asks for nothing: a self-contained program has no such list. */
async function wanted(file: string): Promise<readonly Framework[]> {
  try {
    const { runtimeOptions } = parse((await readFile(file, 'utf8')).replace(/^\uFEFF/, '')) as {
      runtimeOptions?: { framework?: Framework; frameworks?: readonly Framework[] }
    }
    return runtimeOptions?.frameworks ?? (runtimeOptions?.framework ? [runtimeOptions.framework] : [])
  } catch {
    return []
  }
}

function fits(installed: string, asked: string): boolean {
  // A preview is taken only where one is asked for.
  if (installed.includes('-') && !asked.includes('-')) return false
  const [major, minor = 0, patch = 0] = numbers(installed)
  const [wantedMajor, wantedMinor = 0, wantedPatch = 0] = numbers(asked)
  if (major !== wantedMajor) return false
  return minor > wantedMinor || (minor === wantedMinor && patch >= wantedPatch)
}

function numbers(version: string): readonly number[] {
  return version.split('-')[0]!.split('.').map(Number)
}
