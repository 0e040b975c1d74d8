import type { ServerState, SimulatedEvent } from '../state.ts'

/** What one call adds to the event log. */
export type NewEvent = Pick<SimulatedEvent, 'log' | 'provider' | 'id' | 'level' | 'data'>

const ERROR = 2
const WARNING = 3
const INFORMATION = 4

/** Adds records with the next numbers and the present time. */
export function addEvents(state: ServerState, events: readonly NewEvent[], now: Date): void {
  for (const event of events)
    state.events.push({ ...event, at: now.toISOString(), record: (state.events.at(-1)?.record ?? 0) + 1 })
}

/**
 * A record of the ASP.NET Core module: always English, the text as the first value (dotnet/aspnetcore,
 * aspnetcore_msg.mc and resources.h).
 */
export function moduleEvent(
  id: number,
  text: string,
  level: 'error' | 'warning' | 'information' = 'error',
): NewEvent {
  return {
    log: 'Application',
    provider: 'IIS AspNetCore Module V2',
    id,
    level: { error: ERROR, warning: WARNING, information: INFORMATION }[level],
    data: [
      text,
      `Process Id: ${process.pid}.`,
      'File Version: 18.0.24295.10. Description: IIS ASP.NET Core Module V2 Request Handler. Commit: practice',
    ],
  }
}

/** “Failed to start application”, with which the module closes each failure. */
export function notStarted(applicationId: string, hresult: string): NewEvent {
  return moduleEvent(1010, `Failed to start application '${applicationId}', ErrorCode '${hresult}'.`)
}

/**
 * What the Windows Process Activation Service records when a pool's account cannot log on: a warning about the
 * identity, then that the pool is disabled, for this reason and in general.
 * Unverified on a real server: the numbers 5021, 5057 and 5059 are from public reports, and another report has 5051
 * for the first; the values are the pool's name alone.
 */
export function identityRefused(pool: string): readonly NewEvent[] {
  const was = (id: number, level: number): NewEvent => ({
    log: 'System',
    provider: 'Microsoft-Windows-WAS',
    id,
    level,
    data: [pool],
  })
  return [was(5021, WARNING), was(5057, WARNING), was(5059, ERROR)]
}
