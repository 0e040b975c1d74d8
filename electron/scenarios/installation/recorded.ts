import { resolve } from 'node:path'
import { problemOf, SetupError } from '../../contract/problem.ts'
import { inspectContainer } from '../../docker/container.ts'
import { same } from '../../iis/config-element.ts'
import { samePath } from '../../iis/paths.ts'
import type { Machine } from '../../machine/machine.ts'
import { listInstallations, type Installation } from '../../service/installation.ts'
import type { FoundInstallation, InstallationWishes, PfxToday } from './found.ts'
import { notes } from './notes.ts'
import { filesOfContainer } from './pfx-of-container.ts'
import { pfxOfWebsite } from './pfx-of-website.ts'

/** The record that is meant, or undefined: another container or website of the same folder has none. */
export async function recordOf(
  machine: Machine,
  stateFolder: string,
  wishes: InstallationWishes,
): Promise<Installation | undefined> {
  const records = await listInstallations(machine, stateFolder)
  return records.find(
    ({ target, container, website, practice }) =>
      sameFolder(machine, target, wishes.target) &&
      (wishes.practice === undefined || wishes.practice === (practice ?? false)) &&
      (wishes.container === undefined || wishes.container === container) &&
      (wishes.site === undefined || (website !== undefined && same(website.site, wishes.site))),
  )
}

/** Whether two paths mean the same folder of this machine. */
export function sameFolder({ platform }: Machine, a: string, b: string): boolean {
  return platform === 'win32' ? samePath(a, b) : resolve(a) === resolve(b)
}

/** A recorded installation with the PFX of today: somebody may have moved it since. Never rejects. */
export async function foundByRecord(machine: Machine, record: Installation): Promise<FoundInstallation> {
  const today = await pfxToday(machine, record)
  return {
    ...today,
    installation: { ...record, pfx: today.pfx },
    recorded: true,
    settings: record.settings,
  }
}

async function pfxToday(machine: Machine, record: Installation): Promise<PfxToday> {
  const { website, container: name, target, settings, pfx } = record
  if (website)
    return (await pfxOfWebsite(machine, { target, settings, pool: website.pool, otherwise: pfx })).pfx
  const asRecorded = (note: PfxToday['notes'][number]): PfxToday => ({
    pfx,
    inImage: false,
    namedBy: { by: 'settings', file: settings },
    namedAs: '',
    certain: false,
    notes: [note],
  })
  try {
    const container = await inspectContainer(machine, name ?? '')
    if (!container) return asRecorded(notes.gone(name ?? ''))
    const found = (await filesOfContainer(machine, container, target)).pfx
    return found.certain ? found : { ...found, pfx, inImage: false }
  } catch (error) {
    if (error instanceof SetupError) return asRecorded(notes.engine(name ?? '', problemOf(error)))
    throw error
  }
}
