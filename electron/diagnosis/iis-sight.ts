import type { Cause } from './cause.ts'
import type { EventEvidence, FailureEvidence, IisEvidence, PoolSettings } from './evidence.ts'

/** What is known of IIS, with the status it answered. */
export interface IisSight {
  readonly status: number | undefined
  readonly subStatus: number | undefined
  readonly hresult: string | undefined
  readonly events: readonly EventEvidence[]
  readonly pool: IisEvidence['pool'] | undefined
  readonly poolSettings: PoolSettings
  readonly site: IisEvidence['site'] | undefined
  readonly module: IisEvidence['module'] | undefined
  readonly webConfig: IisEvidence['webConfig'] | undefined
}

/** A cause that shows in what IIS answers, records or knows of its own state. */
export interface IisCause extends Omit<Cause, 'signs' | 'exitCodes' | 'statuses'> {
  /** @param text what the service left in its log and in the event log */
  readonly shows: (seen: IisSight, text: string) => boolean
}

/** The ASP.NET Core module V2, under IIS and under IIS Express. */
const MODULE = /^IIS (?:Express )?AspNetCore Module/
/** The Windows Process Activation Service. */
export const WAS = /^(?:Microsoft-Windows-)?WAS$/

/** Whether the log holds a record of this provider with one of these numbers. */
export function recorded(
  events: readonly EventEvidence[],
  provider: RegExp,
  ids: readonly number[],
): boolean {
  return events.some((event) => provider.test(event.provider) && ids.includes(event.id))
}

/** The ASP.NET Core module's own records. */
export const recordedByModule = (events: readonly EventEvidence[], ids: readonly number[]): boolean =>
  recorded(events, MODULE, ids)

/** Whether IIS disabled the pool because it ended again and again (rapid-fail protection). */
export const disabledForCrashes = (events: readonly EventEvidence[]): boolean => recorded(events, WAS, [5002])

/** Whether an answer has this status and sub-status. */
export function is(
  status: number | undefined,
  subStatus: number | undefined,
  wanted: number,
  wantedSub: number,
): boolean {
  return status === wanted && subStatus === wantedSub
}

/** “ “Identity”” behind a noun, or nothing. */
export function named(name: string | undefined): string {
  return name === undefined ? '' : ` “${name}”`
}

/** What the rows are held against; undefined for a service that is not under IIS. */
export function iisSight({
  status,
  subStatus,
  hresult,
  events = [],
  pool,
  poolSettings = {},
  site,
  module,
  webConfig,
}: FailureEvidence): IisSight | undefined {
  if ([subStatus, pool, site, module].every((part) => part === undefined) && events.length === 0)
    return undefined
  return { status, subStatus, hresult, events, pool, poolSettings, site, module, webConfig }
}
