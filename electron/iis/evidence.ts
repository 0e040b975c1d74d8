import { join } from 'node:path'
import type { HttpAnswer, Machine } from '../machine/machine.ts'
import { type EventRecord, readEvents } from '../windows/events.ts'
import type { BatchLogon } from '../windows/batch-logon.ts'
import { refusedLogon } from './logon-evidence.ts'
import { lookAtModule } from './module.ts'
import type { Pool } from './pool.ts'
import { readPool } from './pools.ts'
import type { RunState } from './run-state.ts'
import { readSite } from './sites.ts'
import { whyUnseen } from './unseen.ts'

/** A service under IIS. */
export interface WebsitePlace {
  readonly site: string
  readonly pool: string
  readonly folder: string
  /** Path of the stdout log files without time and ending. */
  readonly stdoutLog: string
}

/** What IIS and Windows say of a service that does not answer as it should. */
export interface WebsiteEvidence {
  /** Undefined when it is not there, or only an administrator may look. */
  readonly pool?: RunState
  readonly poolSettings?: {
    readonly loadUserProfile: boolean
    /** Where the logon of its account was refused: whether it has the right to log on as a batch job. */
    readonly batchLogon?: BatchLogon
  }
  readonly site?: RunState
  readonly module: 'ready' | 'missing' | 'before-iis' | 'broken' | 'unknown'
  readonly webConfig?: 'missing'
  readonly events: readonly EventRecord[]
  /** The newest stdout log; empty where there is none. */
  readonly log: string
}

const PROVIDERS = {
  Application: ['IIS AspNetCore Module V2', 'IIS AspNetCore Module', '.NET Runtime'],
  System: ['Microsoft-Windows-WAS', 'Microsoft-Windows-IIS-W3SVC'],
} as const
const MOST_EVENTS = 20
const LOG_BYTES = 65_536

/** Looks everywhere a failed start leaves traces. What cannot be looked at is left out; never rejects. */
export async function collectEvidence(
  machine: Machine,
  place: WebsitePlace,
  sinceMs: number,
): Promise<WebsiteEvidence> {
  const quietly = <T>(look: Promise<T>) => look.catch(() => undefined)
  const [pool, site, module, application, system, log, webConfig] = await Promise.all([
    quietly(readPool(machine, place.pool)),
    quietly(readSite(machine, place.site)),
    quietly(lookAtModule(machine)),
    quietly(
      readEvents(machine, {
        log: 'Application',
        providers: PROVIDERS.Application,
        sinceMs,
        most: MOST_EVENTS,
      }),
    ),
    quietly(readEvents(machine, { log: 'System', providers: PROVIDERS.System, sinceMs, most: MOST_EVENTS })),
    quietly(newestLog(machine, place.stdoutLog)),
    quietly(machine.files.info(join(place.folder, 'web.config')).then((info) => info !== undefined)),
  ])
  const logon = pool && (await quietly(refusedLogon(machine, pool, system ?? [])))
  return {
    ...(pool ? { pool: pool.state, poolSettings: settingsOf(pool, logon) } : {}),
    ...(site ? { site: site.state } : {}),
    module: module?.state ?? 'unknown',
    ...(webConfig === false ? { webConfig: 'missing' as const } : {}),
    events: [...(application ?? []), ...(system ?? [])],
    log: log ?? '',
  }
}

function settingsOf({ loadUserProfile }: Pool, logon: BatchLogon | undefined) {
  return { loadUserProfile, ...(logon === undefined ? {} : { batchLogon: logon }) }
}

/** Whether a pool or site that should run does not. False where only an administrator could tell. */
export async function hasStopped(machine: Machine, { pool, site }: WebsitePlace): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([readPool(machine, pool), readSite(machine, site)])
    return first?.state === 'Stopped' || second?.state === 'Stopped' || !first || !second
  } catch (error) {
    if (whyUnseen(error) === 'not-elevated') return false
    throw error
  }
}

/** The newest stdout log of a service, its last part. Empty when there is none. */
export async function newestLog(machine: Machine, stdoutLog: string): Promise<string> {
  const whole = stdoutLog.replaceAll('\\', '/')
  const at = whole.lastIndexOf('/')
  const start = whole.slice(at + 1).toLowerCase()
  const logs = whole.slice(0, at)
  // stdout_20261121101112_5120.log: the time in the name sorts them.
  const newest = (await machine.files.list(logs))
    .filter((name) => name.toLowerCase().startsWith(start) && name.toLowerCase().endsWith('.log'))
    .at(-1)
  const bytes = newest === undefined ? undefined : await machine.files.read(join(logs, newest))
  return Buffer.from(bytes ?? [])
    .subarray(-LOG_BYTES)
    .toString('utf8')
}

/** What an error page of IIS says beside its status: `500.30` and an HRESULT such as `0x8007000d`. */
export interface IisError {
  readonly status: number
  readonly subStatus?: number
  readonly hresult?: string
}

/** Reads an error page. Its words are translated, its numbers are not. */
export function readErrorPage({ status, body }: Pick<HttpAnswer, 'status' | 'body'>): IisError {
  const sub = new RegExp(`\\b${status}\\.(\\d{1,2})\\b`).exec(body)?.[1]
  const hresult = /\b0x8[0-9a-f]{7}\b/i.exec(body)?.[0]
  return {
    status,
    ...(sub === undefined ? {} : { subStatus: Number(sub) }),
    ...(hresult === undefined ? {} : { hresult: hresult.toLowerCase() }),
  }
}
