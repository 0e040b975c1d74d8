import { join } from 'node:path'
import { creatioVersion } from '../../creatio/creatio-version.ts'
import type { Machine } from '../../machine/machine.ts'
import { LIMITS } from '../../service/limits.ts'
import { readRuntimeConfig } from '../../service/runtime.ts'
import { openSource } from '../../service/open-source.ts'
import { lookAtSystem } from '../../windows/system.ts'

/** What tells whether the service can sign with ECDSA. */
export interface EcdsaEvidence {
  /** Of the shared framework that the service needs, such as `8.0.10`. */
  readonly runtimeVersion?: string
  /** Such as `8.2.3.1158`. */
  readonly creatioVersion?: string
}

/** The file that `dotnet publish` writes beside the program. */
const RUNTIME_CONFIG = 'IdentityService.runtimeconfig.json'

/**
 * What is known of the service's version. What cannot be read is left out. Never rejects.
 * @param where folder of the service, or the archive; and Creatio's folder, where it is known
 */
export async function ecdsaEvidence(
  machine: Machine,
  where: { readonly service: string; readonly creatioFolder?: string | undefined },
): Promise<EcdsaEvidence> {
  const [runtime, creatio] = await Promise.all([
    runtimeOf(machine, where.service).catch(() => undefined),
    where.creatioFolder === undefined ? undefined : creatioVersion(machine, where.creatioFolder),
  ])
  return {
    ...(runtime === undefined ? {} : { runtimeVersion: runtime }),
    ...(creatio === undefined ? {} : { creatioVersion: creatio }),
  }
}

async function runtimeOf(machine: Machine, service: string): Promise<string | undefined> {
  const bytes =
    (await machine.files.info(service))?.kind === 'file'
      ? await inArchive(machine, service)
      : await machine.files.read(join(service, RUNTIME_CONFIG))
  return bytes && readRuntimeConfig(bytes)?.version
}

async function inArchive(machine: Machine, archive: string): Promise<Uint8Array | undefined> {
  const source = await openSource(machine, archive)
  const file = source.files.find(({ path }) => path === RUNTIME_CONFIG)
  return file && file.size <= LIMITS.textBytes ? source.read(file) : undefined
}

/** The build of this Windows, such as 17763 of Server 2019; undefined where this is no Windows, or it does not say. */
export async function windowsBuild(machine: Machine): Promise<number | undefined> {
  if (!machine.windows) return undefined
  const { build } = await lookAtSystem(machine).catch(() => ({ build: 0 }))
  return build > 0 ? build : undefined
}
