import type { Machine } from '../machine/machine.ts'
import { type Feature, missingFeatures, REQUIRED_FEATURES } from '../windows/features.ts'
import { readRegistry, registryValue } from '../windows/registry.ts'
import { type ServiceState, serviceState } from '../windows/services.ts'
import { toolPath } from '../windows/tool.ts'

/** What is there of IIS; all of it can be seen without an administrator's rights. */
export interface IisLook {
  readonly installed: boolean
  /** Such as `10.0`. */
  readonly version?: string
  readonly missing: readonly Feature[]
  /** Whether appcmd.exe is there, by which everything else is done. */
  readonly appcmd: boolean
  /** Undefined where there is no such service. */
  readonly services: { readonly w3svc: ServiceState | undefined; readonly was: ServiceState | undefined }
}

const KEY = String.raw`HKLM\SOFTWARE\Microsoft\InetStp`

/**
 * Looks whether IIS is installed with what a service under ASP.NET Core needs.
 * @param wanted more features than those, such as the one for redirects
 */
export async function lookAtIis(
  machine: Machine,
  wanted: readonly Feature[] = REQUIRED_FEATURES,
): Promise<IisLook> {
  const [values, missing, appcmd, w3svc, was] = await Promise.all([
    readRegistry(machine, KEY),
    missingFeatures(machine, wanted),
    machine.files.info(toolPath(machine, 'appcmd')),
    serviceState(machine, 'W3SVC'),
    serviceState(machine, 'WAS'),
  ])
  const major = registryValue(values, 'MajorVersion')
  const minor = registryValue(values, 'MinorVersion') ?? 0
  return {
    installed: major !== undefined && w3svc !== undefined,
    ...(major === undefined ? {} : { version: `${major}.${minor}` }),
    missing,
    appcmd: appcmd !== undefined,
    services: { w3svc, was },
  }
}
