import type { ConnectionNote, Provider } from '../../contract/database.ts'
import type { ConnectionParts } from './connection-string.ts'
import { optionOf } from './options.ts'

/** Seconds after which nobody waits any longer for a server that does not answer. */
const LONG_WAIT = 600

/** What is to be said for both databases: password, time-outs, `Persist Security Info`, Windows' own files. */
export function commonNotes(parts: ConnectionParts, provider: Provider): readonly ConnectionNote[] {
  return [...passwordNotes(parts, provider), ...timeoutNotes(parts, provider), ...otherNotes(parts, provider)]
}

function passwordNotes(parts: ConnectionParts, provider: Provider): ConnectionNote[] {
  const otherwise = parts.windowsLogin || optionOf(parts, provider, 'Passfile') !== undefined
  if (parts.password || otherwise) return []
  return [
    {
      level: 'warning',
      text: 'The connection string holds no password.',
      next: 'Enter the password, unless the server lets this user in without one.',
    },
  ]
}

function timeoutNotes(parts: ConnectionParts, provider: Provider): ConnectionNote[] {
  const name = provider === 'PostgreSQL' ? 'Timeout' : 'Connect Timeout'
  const notes: ConnectionNote[] = []
  const connect = secondsOf(optionOf(parts, provider, name))
  if (connect === 0)
    notes.push({
      level: 'warning',
      keyword: name,
      text: 'The service waits without end for a server that does not answer.',
      next: `Enter the seconds to wait as “${name}”, or take it out for 15 seconds.`,
    })
  if (connect > LONG_WAIT)
    notes.push({
      level: 'warning',
      keyword: name,
      text: `The service waits ${connect} seconds for a server that does not answer.`,
      next: `Enter fewer seconds as “${name}”, or take it out for 15 seconds.`,
    })
  if (secondsOf(optionOf(parts, provider, 'Command Timeout')) === 0)
    notes.push({
      level: 'info',
      keyword: 'Command Timeout',
      text: 'A statement of the service may take any time.',
    })
  return notes
}

function otherNotes(parts: ConnectionParts, provider: Provider): ConnectionNote[] {
  if (!isOn(optionOf(parts, provider, 'Persist Security Info'))) return []
  return [
    {
      level: 'info',
      keyword: 'Persist Security Info',
      text: 'Code in the service can read the password back from an open connection; connecting does not need that.',
    },
  ]
}

function secondsOf(value: string | undefined): number {
  return value === undefined ? Number.NaN : Number(value)
}

/** What both drivers take for true. */
export function isOn(value: string | undefined): boolean {
  return /^\s*(true|yes)\s*$/i.test(value ?? '')
}
