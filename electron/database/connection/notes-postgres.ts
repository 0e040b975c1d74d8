import type { ConnectionNote, DatabaseDrivers } from '../../contract/database.ts'
import type { ConnectionParts } from './connection-string.ts'
import { requireChecks, sslModeByDefault } from './driver-defaults.ts'
import { isAtLeast } from './driver-version.ts'
import { isOn } from './notes-common.ts'
import { optionOf } from './options.ts'

/** What is to be said of a connection string for Npgsql: encryption and what it checks, and the schema. */
export function postgresNotes(parts: ConnectionParts, drivers?: DatabaseDrivers): readonly ConnectionNote[] {
  return [...tlsNotes(parts, drivers), ...schemaNotes(parts)]
}

function tlsNotes(parts: ConnectionParts, drivers: DatabaseDrivers | undefined): ConnectionNote[] {
  const written = optionOf(parts, 'PostgreSQL', 'SSL Mode')
  const mode = (written ?? sslModeByDefault(drivers)).toLowerCase()
  const notes: ConnectionNote[] = []
  if (written === undefined && drivers?.npgsql !== undefined && mode === 'disable')
    notes.push({
      level: 'info',
      text: `Npgsql ${drivers.npgsql} does not encrypt where “SSL Mode” does not say so; since 6.0 it does if the server offers it.`,
    })
  if (mode === 'require' && requireChecks(drivers) === 'nothing')
    notes.push({
      level: 'info',
      keyword: 'SSL Mode',
      text: '“SSL Mode=Require” encrypts, and does not check who the server is.',
      next: 'Write “SSL Mode=VerifyFull” to check the server’s certificate and its name.',
    })
  const trust = isOn(optionOf(parts, 'PostgreSQL', 'Trust Server Certificate'))
  if (trust && isAtLeast(drivers?.npgsql ?? '8', '8.0'))
    notes.push({
      level: mode.startsWith('verify') ? 'warning' : 'info',
      keyword: 'Trust Server Certificate',
      text: '“Trust Server Certificate” does nothing since Npgsql 8; “SSL Mode” alone says what is checked.',
      ...(mode.startsWith('verify')
        ? { next: 'Write “SSL Mode=Require” if the certificate is not to be checked.' }
        : {}),
    })
  const root = optionOf(parts, 'PostgreSQL', 'Root Certificate')
  if (root !== undefined && !mode.startsWith('verify'))
    notes.push({
      level: 'warning',
      keyword: 'Root Certificate',
      text: '“Root Certificate” is not used: the certificate is checked only with “SSL Mode” VerifyCA or VerifyFull.',
      next: 'Write “SSL Mode=VerifyFull”, or take “Root Certificate” out.',
    })
  return notes
}

function schemaNotes(parts: ConnectionParts): ConnectionNote[] {
  const path = optionOf(parts, 'PostgreSQL', 'Search Path')
  if (path === undefined) return []
  return [
    {
      level: 'info',
      keyword: 'Search Path',
      text: 'The service makes its tables in the first schema of “Search Path” that is there.',
    },
  ]
}
