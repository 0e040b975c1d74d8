import type { Evidence } from '../contract/check.ts'
import type { Problem } from '../contract/problem.ts'
import type { FailureEvidence } from '../diagnosis/diagnose.ts'
import { containerLog, inspectContainer } from '../docker/container.ts'
import { collectEvidence, hasStopped, newestLog, readErrorPage, type WebsitePlace } from '../iis/evidence.ts'
import type { HttpAnswer, Machine } from '../machine/machine.ts'
import { discoveryUrl } from '../oidc/discovery.ts'
import type { Installation } from '../service/installation.ts'

/** Where the service runs, and so where it writes what it has to say. */
export type ServicePlace =
  { readonly kind: 'container'; readonly name: string } | ({ readonly kind: 'website' } & WebsitePlace)

/** Where an installed service runs. */
export function placeOf({ container, website, target }: Installation): ServicePlace {
  return website
    ? {
        kind: 'website',
        site: website.site,
        pool: website.pool,
        folder: target,
        stdoutLog: website.stdoutLog,
      }
    : { kind: 'container', name: container ?? '' }
}

/** A service that has ended, with its exit code where it is known. */
export interface Ended {
  readonly exitCode?: number
}

const LOG_LINES = 200
const ASK_MS = 5000

/**
 * What answers where the discovery document is expected, as it came; undefined when nothing did.
 * @param trust PEM to trust beside the system's certificates
 */
export function askService(
  machine: Machine,
  localUrl: string,
  trust: string | undefined,
): Promise<HttpAnswer | undefined> {
  const options = { ...(trust === undefined ? {} : { trust: [trust] }), timeoutMs: ASK_MS }
  return machine.network.http(discoveryUrl(localUrl), options).catch(() => undefined)
}

/** The certificate in a PEM file that is to be trusted; undefined where none is named or there. */
export async function trustIn(machine: Machine, file: string | undefined): Promise<string | undefined> {
  const pem = file === undefined ? undefined : await machine.files.read(file)
  return pem && Buffer.from(pem).toString('utf8')
}

/** Whether what answers can be what this setup started, and not another program on its port. */
export async function isOurs(machine: Machine, place: ServicePlace): Promise<boolean> {
  return place.kind === 'container'
    ? (await inspectContainer(machine, place.name))?.state === 'running'
    : !(await hasStopped(machine, place))
}

/** What is wrong when something answers in place of a service that does not run. */
export function answeredByAnother(url: string): Problem {
  return {
    code: 'service.other',
    what: `Another program answers at ${url}.`,
    cause: 'The port was taken by another service while this one was starting.',
    next: 'Stop the other program, or choose another port.',
  }
}

/**
 * What is known of a service that has ended: undefined while it runs.
 * @param answer its latest answer: IIS goes on answering for a service that could not start, always the same
 */
export async function hasEnded(
  machine: Machine,
  place: ServicePlace,
  answer: HttpAnswer | undefined,
): Promise<Ended | undefined> {
  if (place.kind === 'website') {
    const gaveUp = answer !== undefined && isFinal(answer)
    return gaveUp || (await hasStopped(machine, place)) ? {} : undefined
  }
  const container = await inspectContainer(machine, place.name)
  if (!container) return {}
  const { state, restarts, exitCode } = container
  // A restart policy starts it again and again: it has ended each time. While it runs, its exit code says nothing.
  if (state === 'running') return restarts > 0 ? {} : undefined
  return { exitCode }
}

/** An error that IIS answers by itself with a sub-status, and that waiting does not change. */
function isFinal(answer: HttpAnswer): boolean {
  const { status, subStatus } = readErrorPage(answer)
  return subStatus !== undefined && [403, 404, 500, 502].includes(status)
}

export interface ServiceEvidence {
  readonly evidence: FailureEvidence
  /** The same, raw, for eyes and for copying. */
  readonly raw: readonly Evidence[]
}

/** Everything that may tell why the service does not answer. */
export async function evidenceOf(
  machine: Machine,
  place: ServicePlace,
  about: {
    readonly sinceMs: number
    readonly answer?: HttpAnswer | undefined
    readonly ended?: Ended | undefined
    /** Of a container's log, only what is not older than `sinceMs`: it also tells of earlier starts. */
    readonly onlyRecentLog?: true
  },
): Promise<ServiceEvidence> {
  const { ended, answer, sinceMs, onlyRecentLog } = about
  if (place.kind === 'container') {
    const since = onlyRecentLog && new Date(machine.clock.now().getTime() - sinceMs)
    const log = await readLog(machine, place, since)
    const exitCode = ended?.exitCode
    return {
      evidence: { log, ...(exitCode === undefined ? {} : { exitCode }) },
      raw: exitCode === undefined ? [] : [{ label: 'Exit code', value: String(exitCode) }],
    }
  }
  const { pool, poolSettings, site, module, webConfig, events, log } = await collectEvidence(
    machine,
    place,
    sinceMs,
  )
  const error = answer && answer.status >= 400 ? readErrorPage(answer) : undefined
  const told = events.map(({ id, provider, data }) => ({ id, provider, text: data.join('\n') }))
  return {
    evidence: {
      log,
      ...error,
      events: told,
      module,
      ...(webConfig ? { webConfig } : {}),
      known: { pool: place.pool, site: place.site, folder: place.folder },
      ...(pool ? { pool } : {}),
      ...(poolSettings ? { poolSettings } : {}),
      ...(site ? { site } : {}),
    },
    raw: [
      ...(error
        ? [
            {
              label: 'HTTP status',
              value: `${error.status}${error.subStatus === undefined ? '' : `.${error.subStatus}`}${error.hresult === undefined ? '' : ` (${error.hresult})`}`,
            },
          ]
        : []),
      { label: 'Application pool', value: pool ?? 'not seen' },
      { label: 'Website', value: site ?? 'not seen' },
      ...told
        .slice(0, 3)
        .map(({ id, provider, text }) => ({ label: `Event ${id}, ${provider}`, value: text })),
    ],
  }
}

/** The last lines that the service wrote; of a container, where that is asked for, those since a time. */
export async function readLog(machine: Machine, place: ServicePlace, since?: Date): Promise<string> {
  if (place.kind === 'container')
    return (await containerLog(machine, place.name, { tail: LOG_LINES, ...(since ? { since } : {}) })).join(
      '\n',
    )
  return (await newestLog(machine, place.stdoutLog)).split('\n').slice(-LOG_LINES).join('\n')
}

/** The place in a few words, such as “The container identity”. */
export function nameOf(place: ServicePlace): string {
  return place.kind === 'container' ? `The container ${place.name}` : `The website ${place.site}`
}
