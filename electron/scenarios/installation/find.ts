import { join } from 'node:path'
import { type Problem, problemOf, SetupError } from '../../contract/problem.ts'
import { inspectContainer } from '../../docker/container.ts'
import { listContainers } from '../../docker/containers.ts'
import { applicationsIn, type ServedFolder } from '../../iis/applications.ts'
import { same } from '../../iis/config-element.ts'
import { listSites } from '../../iis/sites.ts'
import { whyUnseen } from '../../iis/unseen.ts'
import type { Machine } from '../../machine/machine.ts'
import { lookAtTarget } from '../../service/target.ts'
import { adoptContainer } from './adopt-container.ts'
import { adoptWebsite } from './adopt-website.ts'
import type { FoundInstallation, InstallationWishes } from './found.ts'
import { notFound, notTheService, noSuchContainer, several } from './not-found.ts'
import { foundByRecord, recordOf } from './recorded.ts'
import { type Candidates, candidatesFor } from './service-containers.ts'

/**
 * Finds the installation in a folder, also one that was set up by hand after the vendor's manual. Reads only.
 * @throws SetupError `installation.not-found`, `installation.several` where more than one website or container serves
 *   the folder, `installation.not-the-service`, `installation.no-address`, `iis.not-elevated` where only an
 *   administrator could tell, `account.unknown`; for a container that is named also `docker.…`
 */
export async function findInstallation(
  machine: Machine,
  stateFolder: string,
  wishes: InstallationWishes,
): Promise<FoundInstallation> {
  const record = await recordOf(machine, stateFolder, wishes)
  if (record) return foundByRecord(machine, record)
  return wishes.container === undefined ? search(machine, wishes) : named(machine, wishes, wishes.container)
}

/** A container that the installer has named is taken at their word. */
async function named(machine: Machine, wishes: InstallationWishes, name: string): Promise<FoundInstallation> {
  const container = await inspectContainer(machine, name)
  if (!container) throw noSuchContainer(name)
  return adoptContainer(machine, wishes, container, false)
}

async function search(machine: Machine, wishes: InstallationWishes): Promise<FoundInstallation> {
  const { target } = wishes
  if (!(await machine.files.info(target))) throw notFound(target, ['There is no such folder.'])
  const iis = await lookInIis(machine, wishes)
  const [served, ...more] = iis.served
  if (served && more.length > 0) throw several(target, { websites: iis.served.map(({ site }) => site.name) })
  if (served) {
    await mustHoldService(machine, target)
    return adoptWebsite(machine, wishes, served)
  }
  const docker = wishes.site === undefined ? await lookInEngine(machine, target) : NOT_ASKED
  const [container, ...others] = docker.containers
  if (container && others.length > 0)
    throw several(target, { containers: docker.containers.map(({ name }) => name) })
  if (container) return adoptContainer(machine, wishes, container, docker.byName)
  // An administrator may see what this user does not.
  if (iis.unseen) throw new SetupError({ ...iis.unseen, where: { file: target } })
  throw notFound(target, [...iis.looked, ...docker.looked])
}

interface IisLook {
  readonly served: readonly ServedFolder[]
  /** A sentence for each thing that was looked at in vain. */
  readonly looked: readonly string[]
  /** Why IIS did not show its websites. */
  readonly unseen?: Problem
}

async function lookInIis(machine: Machine, { target, site: wanted }: InstallationWishes): Promise<IisLook> {
  if (!machine.windows) return { served: [], looked: [] }
  try {
    const sites = await listSites(machine)
    const served = applicationsIn(sites, target).filter(
      ({ site }) => wanted === undefined || same(site.name, wanted),
    )
    return { served, looked: [inVain('websites', sites, 'show other folders')] }
  } catch (error) {
    const why = whyUnseen(error)
    if (why === undefined) throw error
    if (why === 'no-iis') return { served: [], looked: ['IIS is not installed.'] }
    return { served: [], looked: [], unseen: problemOf(error) }
  }
}

const NOT_ASKED: Candidates & { readonly looked: readonly string[] } = {
  containers: [],
  byName: false,
  looked: [],
}

async function lookInEngine(machine: Machine, target: string): Promise<typeof NOT_ASKED> {
  try {
    const all = await listContainers(machine)
    const found = candidatesFor(machine, all, target)
    // By its name alone no container belongs to a folder from which no image of the service can be built.
    const usable = !found.byName || (await canBeBuiltFrom(machine, target))
    return { ...(usable ? found : NOT_ASKED), looked: [inVain('containers', all, 'are given no file of it')] }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return { ...NOT_ASKED, looked: [whyNotAsked(error.problem)] }
  }
}

const MOST_NAMES = 10

/** One sentence about things that were looked at in vain, by their names. */
function inVain(kind: string, found: readonly { readonly name: string }[], what: string): string {
  if (found.length === 0) return `There are no ${kind}.`
  const names = found.slice(0, MOST_NAMES).map(({ name }) => name)
  const more = found.length > MOST_NAMES ? ` and ${found.length - MOST_NAMES} more` : ''
  return `The ${kind} ${names.join(', ')}${more} ${what}.`
}

function whyNotAsked({ code, cause, what }: Problem): string {
  return code === 'process.not-found'
    ? 'There is no docker command on this machine.'
    : `The containers were not looked at: ${cause ?? what}`
}

async function canBeBuiltFrom(machine: Machine, target: string): Promise<boolean> {
  return (
    (await machine.files.info(join(target, 'Dockerfile-OAuth'))) !== undefined &&
    (await isService(machine, target))
  )
}

async function isService(machine: Machine, target: string): Promise<boolean> {
  return (await lookAtTarget(machine, target)) === 'service'
}

async function mustHoldService(machine: Machine, target: string): Promise<void> {
  if (!(await isService(machine, target))) throw notTheService(target)
}
