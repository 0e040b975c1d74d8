import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import { windowsFolders } from '../windows/tool.ts'

/** A shared framework, such as `Microsoft.AspNetCore.App` `8.0.11`. */
export interface Runtime {
  readonly name: string
  readonly version: string
}

interface Version {
  readonly major: number
  readonly minor: number
  readonly patch: number
  /** Such as `rc.2.24474.3`; undefined for a release. */
  readonly preview: string | undefined
}

/**
 * The 64-bit shared frameworks installed on this Windows, by the names of their folders: what `dotnet --list-runtimes`
 * prints, without the need to find the right dotnet.exe. Empty where .NET is not installed.
 * https://learn.microsoft.com/dotnet/core/install/how-to-detect-installed-versions
 */
export async function installedRuntimes(machine: Machine): Promise<readonly Runtime[]> {
  const shared = join(windowsFolders(machine).programFiles, 'dotnet', 'shared')
  const names = await machine.files.list(shared)
  const found = await Promise.all(
    names.map(async (name) => {
      const folder = join(shared, name)
      if ((await machine.files.info(folder))?.kind !== 'folder') return []
      const versions = await machine.files.list(folder)
      return versions.filter((version) => parse(version)).map((version) => ({ name, version }))
    }),
  )
  return found.flat()
}

/**
 * The installed framework that .NET would take for what `runtimeconfig.json` asks for, or undefined when none fits:
 * the same major version, of it the lowest minor version that is not older, of that the highest patch. Another major
 * version is never taken by itself, and a preview only where no release fits.
 * https://learn.microsoft.com/dotnet/core/versions/selection#framework-dependent-apps-roll-forward
 */
export function runtimeFits(required: Runtime, installed: readonly Runtime[]): Runtime | undefined {
  const wanted = parse(required.version)
  if (wanted === undefined) return undefined
  const fitting = installed.flatMap((runtime) => {
    const version = parse(runtime.version)
    const fits =
      version !== undefined &&
      runtime.name.toLowerCase() === required.name.toLowerCase() &&
      version.major === wanted.major &&
      compare(version, wanted) >= 0
    return fits ? [{ runtime, version }] : []
  })
  const releases = fitting.filter(({ version }) => version.preview === undefined)
  const choice = releases.length > 0 && wanted.preview === undefined ? releases : fitting
  const minor = Math.min(...choice.map(({ version }) => version.minor))
  return choice
    .filter(({ version }) => version.minor === minor)
    .toSorted((a, b) => compare(a.version, b.version))
    .at(-1)?.runtime
}

function parse(text: string): Version | undefined {
  const [, major, minor, patch, preview] = /^(\d{1,9})\.(\d{1,9})\.(\d{1,9})(?:-([\w.-]+))?$/.exec(text) ?? []
  if (major === undefined) return undefined
  return { major: Number(major), minor: Number(minor), patch: Number(patch), preview }
}

/** https://semver.org/#spec-item-11 */
function compare(a: Version, b: Version): number {
  const numbers = a.major - b.major || a.minor - b.minor || a.patch - b.patch
  if (numbers !== 0 || a.preview === b.preview) return numbers
  if (a.preview === undefined) return 1
  if (b.preview === undefined) return -1
  const [first, second] = [a.preview.split('.'), b.preview.split('.')]
  for (const [index, part] of first.entries()) {
    const other = second[index]
    if (other === undefined) return 1
    if (part === other) continue
    const [x, y] = [part, other].map((each) => (/^\d+$/.test(each) ? Number(each) : undefined))
    if (x !== undefined && y !== undefined) return x - y
    if (x !== undefined) return -1
    if (y !== undefined) return 1
    return part < other ? -1 : 1
  }
  return -1
}
