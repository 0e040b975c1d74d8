import type { ConnectionNote, DatabaseDrivers } from '../../contract/database.ts'
import type { ConnectionParts } from './connection-string.ts'
import { encryptByDefault } from './driver-defaults.ts'
import { driverName } from './driver-version.ts'
import { isOn } from './notes-common.ts'
import { optionOf } from './options.ts'

/** What is to be said of a connection string for SQL Server: who logs in, where, encryption and what it checks. */
export function sqlServerNotes(parts: ConnectionParts, drivers?: DatabaseDrivers): readonly ConnectionNote[] {
  return [...loginNotes(parts), ...serverNotes(parts), ...tlsNotes(parts, drivers), ...intentNotes(parts)]
}

function loginNotes({ windowsLogin, user }: ConnectionParts): ConnectionNote[] {
  if (!windowsLogin) return []
  const notes: ConnectionNote[] = [
    {
      level: 'info',
      keyword: 'Integrated Security',
      text: 'The service logs in as the account that it runs under; in a container that needs Kerberos, so take a SQL login there.',
    },
  ]
  if (user !== '')
    notes.push({
      level: 'warning',
      keyword: 'Integrated Security',
      text: 'The user and the password are not used: the Windows login goes before them.',
      next: 'Take “Integrated Security” out to log in as the user.',
    })
  return notes
}

function serverNotes({ server, port }: ConnectionParts): ConnectionNote[] {
  const [host = '', instance] = server.trim().split('\\')
  const notes: ConnectionNote[] = []
  if (instance && port !== undefined)
    notes.push({
      level: 'info',
      text: `The port is used, and the name of the instance is not: ${port} has to be the port of ${instance}.`,
    })
  else if (instance)
    notes.push({
      level: 'info',
      text: 'The port of the instance is asked of SQL Server Browser, over UDP port 1434 of the server.',
    })
  if (/^(\.|\(local\))$/i.test(host))
    notes.push({
      level: 'info',
      text: `“${host}” is the machine that the service runs on; in a container that is the container.`,
    })
  return notes
}

function tlsNotes(parts: ConnectionParts, drivers: DatabaseDrivers | undefined): ConnectionNote[] {
  const written = optionOf(parts, 'MsSqlServer', 'Encrypt')?.toLowerCase()
  const byDefault = encryptByDefault(drivers)
  const encrypts = written === undefined ? byDefault : !['false', 'no', 'optional'].includes(written)
  if (!encrypts)
    return [
      {
        level: 'info',
        ...(written === undefined ? {} : { keyword: 'Encrypt' }),
        text: 'Only the login is encrypted, unless the server asks for more.',
      },
    ]
  if (written === 'strict')
    return [
      {
        level: 'info',
        keyword: 'Encrypt',
        text: '“Encrypt=Strict” needs SQL Server 2022 or later and a certificate that is trusted; “TrustServerCertificate” does nothing with it.',
      },
    ]
  if (isOn(optionOf(parts, 'MsSqlServer', 'Trust Server Certificate')))
    return [
      {
        level: 'info',
        keyword: 'TrustServerCertificate',
        text: 'The connection is encrypted, and nobody checks who the server is.',
      },
    ]
  if (written !== undefined) return []
  return [
    {
      level: 'info',
      text: `${driverName('MsSqlServer', drivers)} encrypts and checks the server’s certificate where nothing is said (since 4.0); Creatio’s own driver does not.`,
      next: 'Give SQL Server a certificate that the service’s machine trusts, or add “TrustServerCertificate=True”.',
    },
  ]
}

function intentNotes(parts: ConnectionParts): ConnectionNote[] {
  if (optionOf(parts, 'MsSqlServer', 'Application Intent')?.toLowerCase() !== 'readonly') return []
  return [
    {
      level: 'warning',
      keyword: 'ApplicationIntent',
      text: 'The service would be sent to a copy that it cannot write to.',
      next: 'Take “ApplicationIntent” out.',
    },
  ]
}
