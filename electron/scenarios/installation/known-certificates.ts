import { join } from 'node:path'
import { listContainers } from '../../docker/containers.ts'
import { listSites } from '../../iis/sites.ts'
import type { Machine } from '../../machine/machine.ts'
import { listInstallations } from '../../service/installation.ts'
import { lookAtTarget } from '../../service/target.ts'
import {
  fileOf,
  readCertificates,
  type CertificateFile,
  type KnownCertificates,
} from './certificate-files.ts'
import { filesOfContainer } from './pfx-of-container.ts'
import { pfxOfWebsite } from './pfx-of-website.ts'
import { foundByRecord, sameFolder } from './recorded.ts'
import { looksLikeService } from './service-containers.ts'

/**
 * The signing certificates of all other installations on this machine: those that this program knows of, and websites
 * and containers that look like an Identity Service, as far as this user can see them. Never rejects.
 * @param exceptPfx the PFX of the installation that is worked on
 */
export async function otherCertificates(
  machine: Machine,
  stateFolder: string,
  exceptPfx?: string,
): Promise<KnownCertificates> {
  const files: CertificateFile[] = []
  for (const { name, pfx } of await servicesHere(machine, stateFolder)) {
    const taken = [exceptPfx, ...files.map(({ path }) => path)]
    if (!taken.some((path) => path !== undefined && sameFolder(machine, path, pfx)))
      files.push(fileOf(machine, name, pfx))
  }
  return readCertificates(files)
}

/** An Identity Service on this machine and the PFX that it opens; one that is known in several ways comes several times. */
export interface ServiceHere {
  readonly name: string
  readonly pfx: string
  /** By which it is told from others: the id of its record, its website or its container. */
  readonly id?: string
  readonly site?: string
  readonly container?: string
}

/** All of them, as far as this user can see them. Never rejects. */
export async function servicesHere(machine: Machine, stateFolder: string): Promise<readonly ServiceHere[]> {
  // What only an administrator sees, or an engine that does not answer, is left out.
  const unseen = (): readonly ServiceHere[] => []
  const found = await Promise.all([
    ofRecords(machine, stateFolder).catch(unseen),
    machine.windows ? ofWebsites(machine).catch(unseen) : [],
    ofContainers(machine).catch(unseen),
  ])
  return found.flat()
}

async function ofRecords(machine: Machine, stateFolder: string): Promise<readonly ServiceHere[]> {
  const records = await listInstallations(machine, stateFolder)
  const found = await Promise.all(records.map((record) => foundByRecord(machine, record)))
  return found.map(({ installation: { id, name }, pfx }) => ({ id, name, pfx }))
}

async function ofWebsites(machine: Machine): Promise<readonly ServiceHere[]> {
  const applications = (await listSites(machine)).flatMap(({ name, applications: all }) =>
    all.map(({ pool, folder }) => ({ name, pool, folder })),
  )
  const found = await Promise.all(
    applications.map(async ({ name, pool, folder }) => {
      if (folder === '' || (await lookAtTarget(machine, folder)) !== 'service') return []
      const settings = join(folder, 'appsettings.json')
      const otherwise = join(folder, 'openssl.pfx')
      const { pfx } = await pfxOfWebsite(machine, { target: folder, settings, pool, otherwise })
      return [{ name, site: name, pfx: pfx.pfx }]
    }),
  )
  return found.flat()
}

/** What an image holds is not on this machine, and the folder it was built from is not known. */
async function ofContainers(machine: Machine): Promise<readonly ServiceHere[]> {
  const services = (await listContainers(machine)).filter(looksLikeService)
  const found = await Promise.all(
    services.map(async (container) => ({ container, ...(await filesOfContainer(machine, container, '')) })),
  )
  return found
    .filter(({ pfx }) => !pfx.inImage)
    .map(({ container: { name }, pfx }) => ({ name, container: name, pfx: pfx.pfx }))
}
