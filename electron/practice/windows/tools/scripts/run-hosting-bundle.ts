import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sameName } from '../../configuration/element.ts'
import type { HostingBundle } from '../../hosting-bundle-file.ts'
import type { SimulatedServer } from '../../tool.ts'
import { hasIis } from '../feature-effects.ts'

const MODULE = 'AspNetCoreModuleV2'
const NEWER_IS_INSTALLED = 1638

/**
 * Does what the hosting bundle does: puts the runtimes in place, and the ASP.NET Core module only where IIS is. It ends
 * with the same 0 in both cases (learn.microsoft.com “The .NET Core Hosting Bundle”). IIS sees it after its next start.
 *
 * @param action install, repair or uninstall
 * @returns its exit code
 */
export async function runHostingBundle(
  server: SimulatedServer,
  bundle: HostingBundle,
  action: string,
): Promise<number> {
  const { state } = server
  if (bundle.exitCode !== undefined && bundle.exitCode !== 3010) return bundle.exitCode
  if (action === 'uninstall') {
    for (const [name, version] of Object.entries(bundle.runtimes)) await removeRuntime(server, name, version)
    await removeModule(server)
    return bundle.exitCode ?? 0
  }
  if (action === 'install' && hasNewer(server, bundle)) return NEWER_IS_INSTALLED
  for (const [name, version] of Object.entries(bundle.runtimes)) await addRuntime(server, name, version)
  if (hasIis(state)) await addModule(server, bundle.module)
  return bundle.exitCode ?? 0
}

async function addRuntime({ state, windows }: SimulatedServer, name: string, version: string): Promise<void> {
  const versions = (state.runtimes[name] ??= [])
  if (!versions.includes(version)) versions.push(version)
  await mkdir(join(windows.programFiles, 'dotnet', 'shared', name, version), { recursive: true })
  await writeFile(join(windows.programFiles, 'dotnet', 'dotnet.exe'), '')
}

async function removeRuntime(
  { state, windows }: SimulatedServer,
  name: string,
  version: string,
): Promise<void> {
  const left = (state.runtimes[name] ?? []).filter((each) => each !== version)
  if (left.length > 0) state.runtimes[name] = left
  else delete state.runtimes[name]
  await rm(join(windows.programFiles, 'dotnet', 'shared', name, version), { recursive: true, force: true })
}

async function addModule(server: SimulatedServer, version: string): Promise<void> {
  const { state } = server
  const folder = moduleFolder(server)
  await mkdir(join(folder, version), { recursive: true })
  await writeFile(join(folder, 'aspnetcorev2.dll'), '')
  await writeFile(join(folder, version, 'aspnetcorev2_outofprocess.dll'), '')
  state.module = { version, registered: true }
  state.runtime.iisRestartNeeded = true
  if (state.iis.modules.some(({ name }) => sameName(name, MODULE))) return
  state.iis.modules.push({ name: MODULE, type: '', preCondition: 'bitness64', native: true })
}

async function removeModule(server: SimulatedServer): Promise<void> {
  const { state } = server
  state.module = null
  state.iis.modules = state.iis.modules.filter(({ name }) => !sameName(name, MODULE))
  await rm(moduleFolder(server), { recursive: true, force: true })
}

function moduleFolder({ windows }: SimulatedServer): string {
  return join(windows.programFiles, 'IIS', 'Asp.Net Core Module', 'V2')
}

function hasNewer({ state }: SimulatedServer, { runtimes }: HostingBundle): boolean {
  return Object.entries(runtimes).some(([name, version]) => {
    const [major, minor, patch] = version.split('.').map(Number)
    return (state.runtimes[name] ?? []).some((each) => {
      const [otherMajor, otherMinor, otherPatch] = each.split('.').map(Number)
      return otherMajor === major && otherMinor === minor && otherPatch! > patch!
    })
  })
}
