import { SetupError } from '../contract/problem.ts'
import {
  inspectContainer,
  removeContainer,
  restartContainer,
  startContainer,
  stopContainer,
} from '../docker/container.ts'
import { inspectImage } from '../docker/image.ts'
import { CERTIFICATE_LABEL } from '../docker/labels.ts'
import { createBeside, startInPlace } from '../docker/recreate.ts'
import { bringBack, setAside } from '../docker/set-aside.ts'
import { readPool, recyclePool, startPool, stopPool } from '../iis/pools.ts'
import { readSite, startSite, stopSite } from '../iis/sites.ts'
import type { Machine } from '../machine/machine.ts'
import type { ServicePlace } from './service-place.ts'

/** How the running service is made to read its files anew. */
export type Restart =
  | { readonly how: 'recycle-pool' }
  | { readonly how: 'restart-container' }
  /** For a service whose image holds the files: a new container from the image of this tag, freshly built. */
  | { readonly how: 'recreate-container'; readonly image: string }

/** A service and how it is restarted. */
export interface RestartedService {
  readonly place: ServicePlace
  readonly restart: Restart
}

/** How a service stood before it was restarted, and so what it has to be brought back to. */
export type ServiceBefore =
  | {
      readonly kind: 'website'
      readonly pool: string
      readonly site: string
      readonly poolRan: boolean
      readonly siteRan: boolean
    }
  | {
      readonly kind: 'container'
      readonly name: string
      readonly ran: boolean
      /** The container that another one takes the place of. */
      readonly former?: FormerContainer
    }

interface FormerContainer {
  readonly id: string
  /** The name it is kept under. */
  readonly aside: string
  /** What it was made of, and the tag that stands for it. Not in journals of earlier versions. */
  readonly image?: { readonly tag: string; readonly id: string }
}

/** What a service is to take up. */
export interface TakenUp {
  readonly thumbprint: string
  /** Whether the service signs with it already. */
  readonly proven: boolean
}

/** For a restart that is about no certificate. */
const NO_CERTIFICATE: TakenUp = { thumbprint: '', proven: false }

/**
 * How the service stands. Changes nothing.
 * @param certificate what a container that is made anew is to take up
 * @throws SetupError `docker.container-missing`, `iis.missing`, what reading IIS throws
 */
export async function serviceBefore(
  machine: Machine,
  { place, restart }: RestartedService,
  certificate: TakenUp = NO_CERTIFICATE,
): Promise<ServiceBefore> {
  if (place.kind === 'website') {
    const { pool, site } = place
    const [foundPool, foundSite] = await Promise.all([readPool(machine, pool), readSite(machine, site)])
    if (!foundPool || !foundSite) throw missing(foundPool ? `site “${site}”` : `application pool “${pool}”`)
    const started = (found: { readonly state: string }) => found.state === 'Started'
    return { kind: 'website', pool, site, poolRan: started(foundPool), siteRan: started(foundSite) }
  }
  const { name } = place
  if (restart.how !== 'recreate-container') {
    const found = await inspectContainer(machine, name)
    if (!found) throw missingContainer(name)
    return { kind: 'container', name, ran: isRunning(found) }
  }
  return beforeRecreation(machine, { name, tag: restart.image }, certificate)
}

/**
 * A container that was made for this certificate and does not sign with it is an attempt that failed: the state before
 * is the container that was set aside for it. One that does sign with it is kept beside that one, which the journal of
 * an interrupted run may still name.
 */
async function beforeRecreation(
  machine: Machine,
  { name, tag }: { readonly name: string; readonly tag: string },
  { thumbprint, proven }: TakenUp,
): Promise<ServiceBefore> {
  const previous = `${name}-previous`
  const [found, kept] = await Promise.all([name, previous].map((each) => inspectContainer(machine, each)))
  const isOurs = !found || found.labels[CERTIFICATE_LABEL] === thumbprint
  const former = isOurs && !proven ? (kept ?? found) : found
  if (!former) throw missingContainer(name)
  const aside = isOurs && proven ? `${previous}-2` : previous
  const image = { tag, id: former.imageId }
  return { kind: 'container', name, ran: isRunning(former), former: { id: former.id, aside, image } }
}

/** The restart as commands, for reading. */
export function restartCommands({ place, restart }: RestartedService): readonly string[] {
  if (place.kind === 'website') return [`appcmd recycle apppool "${place.pool}"`]
  const { name } = place
  if (restart.how !== 'recreate-container') return [`docker restart ${name}`]
  return [
    `docker create --name ${besideOf(name)} … ${restart.image}`,
    `docker stop ${name}`,
    `docker rename ${name} ${name}-previous`,
    `docker rename ${besideOf(name)} ${name}`,
    `docker start ${name}`,
  ]
}

/**
 * Lets the service read its files again. One that is stopped is started.
 * @param certificate what a container that is made anew takes up
 */
export async function restartService(
  machine: Machine,
  restart: Restart,
  before: ServiceBefore,
  { thumbprint }: Pick<TakenUp, 'thumbprint'> = NO_CERTIFICATE,
): Promise<void> {
  if (before.kind === 'website') {
    await recyclePool(machine, before.pool)
    if (!before.siteRan) await startSite(machine, before.site)
    return
  }
  const { name, former } = before
  if (restart.how !== 'recreate-container' || former === undefined) return restartContainer(machine, name)
  await bringBack(machine, name, former.id)
  const beside = besideOf(name)
  const labels = { [CERTIFICATE_LABEL]: thumbprint }
  await createBeside(machine, { name, beside, image: restart.image, labels })
  await setAside(machine, name, former.aside)
  await startInPlace(machine, beside, name)
}

/** Stops the service and puts a container that was set aside back in its place; also when that has happened before. */
export async function stopService(machine: Machine, before: ServiceBefore): Promise<void> {
  if (before.kind === 'website') {
    const { pool, site, siteRan } = before
    if (!siteRan && (await readSite(machine, site))) await stopSite(machine, site)
    if (await readPool(machine, pool)) await stopPool(machine, pool)
    return
  }
  const { name, former } = before
  if (former !== undefined) {
    await removeContainer(machine, besideOf(name))
    await bringBack(machine, name, former.id)
  }
  if (await inspectContainer(machine, name)) await stopContainer(machine, name)
}

/** Starts the service again when it ran before; whether it did. */
export async function startAgain(machine: Machine, before: ServiceBefore): Promise<boolean> {
  if (before.kind === 'website') {
    if (before.poolRan) await startPool(machine, before.pool)
  } else if (before.ran) await startFormer(machine, before)
  return ran(before)
}

/** One that is gone is made anew: only the last one is kept when several take each other's place. */
async function startFormer(
  machine: Machine,
  { name, former }: Extract<ServiceBefore, { kind: 'container' }>,
): Promise<void> {
  const gone = former && (await goneContainer(machine, name, former))
  if (!former || !gone) return startContainer(machine, name)
  const labels = { [CERTIFICATE_LABEL]: '' }
  await createBeside(machine, { name: gone.successor, beside: besideOf(name), image: gone.tag, labels })
  if (gone.successor === name) await setAside(machine, name, former.aside)
  await startInPlace(machine, besideOf(name), name)
}

/**
 * What a container that is gone can be made of anew: the tag stands for its image again, and the container in its place,
 * which is of another image, has its options. Undefined where it is not gone, or cannot be made anew.
 */
async function goneContainer(
  machine: Machine,
  name: string,
  { aside, image }: FormerContainer,
): Promise<{ readonly tag: string; readonly successor: string } | undefined> {
  if (!image) return undefined
  const [inPlace, set, tagged] = await Promise.all([
    inspectContainer(machine, name),
    inspectContainer(machine, aside),
    inspectImage(machine, image.tag),
  ])
  const successor = inPlace ?? set
  const isGone = tagged?.id === image.id && successor !== undefined && successor.imageId !== image.id
  return isGone ? { tag: image.tag, successor: successor.name } : undefined
}

/** Whether the service could answer. */
export function ran(before: ServiceBefore): boolean {
  return before.kind === 'website' ? before.poolRan && before.siteRan : before.ran
}

function besideOf(name: string): string {
  return `${name}-next`
}

function isRunning({ state }: { readonly state: string }): boolean {
  return state === 'running' || state === 'restarting'
}

function missingContainer(name: string): SetupError {
  return new SetupError({
    code: 'docker.container-missing',
    what: `There is no container “${name}”.`,
    next: 'Look at the containers with “docker ps -a”, then try again.',
    untouched: 'Nothing was restarted.',
  })
}

function missing(what: string): SetupError {
  return new SetupError({
    code: 'iis.missing',
    what: `There is no ${what} in IIS.`,
    next: 'Look at the sites and application pools in IIS Manager, then try again.',
    untouched: 'Nothing was restarted.',
  })
}
