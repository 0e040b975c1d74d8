import type { DatabaseDrivers, Provider } from '../../contract/database.ts'
import type { ConnectionParts } from './connection-string.ts'
import { requireChecks } from './driver-defaults.ts'
import type { Fault } from './fault.ts'
import { optionOf } from './options.ts'

type Read = (canonical: string) => string | undefined

/** Options that the driver takes alone and refuses together, and options that the service cannot use at all. */
export function combinationFaults(
  parts: ConnectionParts,
  provider: Provider,
  drivers?: DatabaseDrivers,
): readonly Fault[] {
  const read: Read = (canonical) => optionOf(parts, provider, canonical)
  return provider === 'PostgreSQL'
    ? [
        ...postgresPool(read),
        ...postgresTls(read, drivers),
        ...postgresHosts(read, parts),
        ...postgresKerberos(read),
      ]
    : [
        ...sqlServerPool(read),
        ...sqlServerFiles(read),
        ...sqlServerLogin(read, parts),
        ...sqlServerFailover(read),
      ]
}

function postgresPool(read: Read): Fault[] {
  const faults: Fault[] = []
  if (number(read('Minimum Pool Size'), 0) > number(read('Maximum Pool Size'), 100))
    faults.push(
      fault(
        'Minimum Pool Size',
        '“Minimum Pool Size” is larger than “Maximum Pool Size”.',
        'Enter a smaller “Minimum Pool Size”, or a larger “Maximum Pool Size” (it is 100 where nothing is said).',
      ),
    )
  if (isTrue(read('Multiplexing')) && isFalse(read('Pooling')))
    faults.push(
      fault(
        'Multiplexing',
        '“Multiplexing” needs “Pooling”, which is off.',
        'Take “Multiplexing” or “Pooling” out.',
      ),
    )
  if (number(read('Connection Idle Lifetime'), 300) < number(read('Connection Pruning Interval'), 10))
    faults.push(
      fault(
        'Connection Idle Lifetime',
        '“Connection Idle Lifetime” is shorter than “Connection Pruning Interval”.',
        'Enter a longer “Connection Idle Lifetime”, or a shorter “Connection Pruning Interval” (it is 10 where nothing is said).',
      ),
    )
  return faults
}

function postgresTls(read: Read, drivers: DatabaseDrivers | undefined): Fault[] {
  const mode = (read('SSL Mode') ?? '').toLowerCase()
  const faults: Fault[] = []
  if (
    read('SSL Negotiation')?.toLowerCase() === 'direct' &&
    !['require', 'verifyca', 'verifyfull'].includes(mode)
  )
    faults.push(
      fault(
        'SSL Negotiation',
        '“SSL Negotiation=Direct” needs “SSL Mode” Require, VerifyCA or VerifyFull.',
        'Enter one of these as “SSL Mode”, or take “SSL Negotiation” out.',
      ),
    )
  if (
    mode === 'require' &&
    requireChecks(drivers) === 'refused-without-trust' &&
    !isTrue(read('Trust Server Certificate'))
  )
    faults.push(
      fault(
        'SSL Mode',
        `Npgsql ${drivers?.npgsql} does not take “SSL Mode=Require” without “Trust Server Certificate=True”.`,
        'Write “SSL Mode=VerifyFull” to check the server’s certificate, or add “Trust Server Certificate=True”.',
      ),
    )
  return faults
}

function postgresHosts(read: Read, { server }: ConnectionParts): Fault[] {
  const wanted = read('Target Session Attributes')
  if (wanted === undefined || wanted.toLowerCase() === 'any' || server.includes(',')) return []
  return [
    fault(
      'Target Session Attributes',
      '“Target Session Attributes” is for lists of servers, and one server is named.',
      'Take “Target Session Attributes” out.',
    ),
  ]
}

function postgresKerberos(read: Read): Fault[] {
  if (read('GSS Encryption Mode')?.toLowerCase() !== 'require') return []
  return [
    fault(
      'GSS Encryption Mode',
      '“GSS Encryption Mode=Require” encrypts by Kerberos, which this program cannot test.',
      'Take “GSS Encryption Mode” out, and set “SSL Mode=VerifyFull” to encrypt by TLS.',
    ),
  ]
}

function sqlServerPool(read: Read): Fault[] {
  if (number(read('Min Pool Size'), 0) <= number(read('Max Pool Size'), 100)) return []
  return [
    fault(
      'Min Pool Size',
      '“Min Pool Size” is larger than “Max Pool Size”.',
      'Enter a smaller “Min Pool Size”, or a larger “Max Pool Size” (it is 100 where nothing is said).',
    ),
  ]
}

function sqlServerFiles(read: Read): Fault[] {
  const faults: Fault[] = []
  if (read('AttachDbFilename') !== undefined)
    faults.push(
      fault(
        'AttachDbFilename',
        '“AttachDbFilename” opens a database file, which the service cannot share with anybody.',
        'Attach the database in SQL Server, and enter its name.',
      ),
    )
  if (isTrue(read('User Instance')))
    faults.push(
      fault(
        'User Instance',
        '“User Instance” starts a SQL Server for one Windows user; an application pool and a container have none.',
        'Take “User Instance” out, and enter an instance of SQL Server.',
      ),
    )
  if (isTrue(read('Context Connection')))
    faults.push(
      fault(
        'Context Connection',
        '“Context Connection” is for code inside SQL Server; the driver for .NET refuses it.',
        'Take “Context Connection” out.',
      ),
    )
  return faults
}

function sqlServerLogin(read: Read, { windowsLogin }: ConnectionParts): Fault[] {
  const wanted = read('Authentication') ?? 'NotSpecified'
  const sqlLogin = /^sqlpassword$/i.test(wanted.replaceAll(' ', ''))
  if (sqlLogin && windowsLogin)
    return [
      fault(
        'Authentication',
        '“Authentication=SqlPassword” and “Integrated Security” say two things about the login: the driver refuses both at once.',
        'Take one of them out.',
      ),
    ]
  if (sqlLogin || /^notspecified$/i.test(wanted)) return []
  return [
    fault(
      'Authentication',
      'The login goes through Microsoft Entra ID, which this program cannot test.',
      'Take “Authentication” out, and enter a SQL login or the Windows login.',
    ),
  ]
}

function sqlServerFailover(read: Read): Fault[] {
  if (read('Failover Partner') === undefined) return []
  const together = [
    ...(isTrue(read('Multi Subnet Failover')) ? ['MultiSubnetFailover'] : []),
    ...(/^readonly$/i.test(read('Application Intent') ?? '') ? ['ApplicationIntent=ReadOnly'] : []),
  ]
  return together.map((other) =>
    fault(
      'Failover Partner',
      `“Failover Partner” is for mirroring, “${other}” for availability groups: the driver refuses both at once.`,
      'Take one of them out.',
    ),
  )
}

function fault(keyword: string, what: string, next: string): Fault {
  return { keyword, problem: { code: 'database.options', what, next } }
}

function number(value: string | undefined, byDefault: number): number {
  return value === undefined ? byDefault : Number(value)
}

function isTrue(value: string | undefined): boolean {
  return /^\s*(true|yes)\s*$/i.test(value ?? '')
}

function isFalse(value: string | undefined): boolean {
  return /^\s*(false|no)\s*$/i.test(value ?? '')
}
