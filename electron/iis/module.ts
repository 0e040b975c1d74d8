import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import { readRegistry, registryValue } from '../windows/registry.ts'
import { windowsFolders } from '../windows/tool.ts'
import { listObjects, nameOf } from './appcmd.ts'
import { same } from './config-element.ts'
import { whyUnseen } from './unseen.ts'

/** The ASP.NET Core module, through which IIS runs the service; the hosting bundle brings it. */
export interface ModuleLook {
  /**
   * `before-iis`: its files are there and IIS does not know it, as when IIS was installed after the hosting bundle, or
   * again; repairing the bundle helps. `unknown`: only an administrator may ask IIS.
   */
  readonly state: 'ready' | 'missing' | 'before-iis' | 'broken' | 'unknown'
  readonly version?: string
  /** What was looked at, one sentence each. */
  readonly evidence: readonly string[]
}

const NAME = 'AspNetCoreModuleV2'
const KEY = String.raw`HKLM\SOFTWARE\Microsoft\IIS Extensions\IIS AspNetCore Module V2`

/**
 * Looks for the module in the registry, on disk and in IIS: each of them can be there without the others.
 * https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/hosting-bundle
 */
export async function lookAtModule(machine: Machine): Promise<ModuleLook> {
  const dll = join(
    windowsFolders(machine).programFiles,
    'IIS',
    'Asp.Net Core Module',
    'V2',
    'aspnetcorev2.dll',
  )
  const [values, file, listed] = await Promise.all([
    readRegistry(machine, KEY),
    machine.files.info(dll),
    isListed(machine),
  ])
  const version = registryValue(values, 'Version')
  const installed = registryValue(values, 'Install') === 1
  return {
    state: judge(installed, file !== undefined, listed),
    ...(typeof version === 'string' ? { version } : {}),
    evidence: [
      installed
        ? `It is installed${version === undefined ? '' : `, version ${version}`}.`
        : 'It is not installed.',
      file === undefined ? `There is no “${dll}”.` : `“${dll}” is there.`,
      LISTED[String(listed)]!,
    ],
  }
}

const LISTED: Readonly<Record<string, string>> = {
  true: `IIS lists the module ${NAME}.`,
  false: `IIS does not list the module ${NAME}.`,
  undefined: 'The modules of IIS were not listed: that needs the full rights of an administrator.',
}

function judge(installed: boolean, file: boolean, listed: boolean | undefined): ModuleLook['state'] {
  if (!installed && !file) return listed === true ? 'broken' : 'missing'
  if (installed !== file) return 'broken'
  if (listed === undefined) return 'unknown'
  return listed ? 'ready' : 'before-iis'
}

/** Undefined where this program may not ask. */
async function isListed(machine: Machine): Promise<boolean | undefined> {
  try {
    return (await listObjects(machine, 'module')).some((module) => isModule(module))
  } catch (error) {
    const why = whyUnseen(error)
    if (why === undefined) throw error
    // Without appcmd there is no IIS that could know it.
    return why === 'no-iis' ? false : undefined
  }
}

/**
 * Unverified on a real server: that the attribute with the module's name is `MODULE.NAME`; the name is told by any.
 */
function isModule(module: Parameters<typeof nameOf>[0]): boolean {
  if (same(nameOf(module), NAME)) return true
  return [...module.attributes.values()].some((value) => typeof value === 'string' && same(value, NAME))
}
