import { Redactor } from '../../secrets/redactor.ts'
import { readClients } from '../../service/clients.ts'
import { readSettings, SERVICE_KEYS } from '../../service/settings-read.ts'
import { secretsInSettings } from '../../service/settings-secrets.ts'
import { decodeText } from '../../text/encoding.ts'
import { InspectionNotes, writtenAs, type Inspection } from './inspection.ts'

/** Keys shown with their values; the values pass the redactor. */
const SHOWN = [
  'DbProvider',
  'DatabaseConnectionString',
  'PostgresConnection',
  'MsSqlConnection',
  'RedisConnection',
  'X509CertificatePath',
  'IssuerUri',
  'ForceHttpsSchemeInRequests',
  'Logging:LogLevel:Default',
]

/** What `appsettings.json` holds, and whether it can be patched. */
export async function inspectSettings(bytes: Uint8Array, file: string): Promise<Inspection> {
  const notes = new InspectionNotes()
  const settings = await notes.attempt(() => readSettings(bytes, file))
  if (!settings) return notes.as('settings')
  const redactor = new Redactor()
  redactor.register(...secretsInSettings(bytes, file))
  notes.fact('Written as', writtenAs(decodeText(bytes, file)))
  notes.fact('Keys', settings.keys.length)
  for (const key of SHOWN) {
    const value = settings.value(key)
    notes.fact(key, value === undefined ? undefined : redactor.redact(value))
  }
  const clients = await notes.attempt(() => readClients(bytes, file))
  for (const { id, name, secrets, scopes, grantTypes } of clients ?? [])
    notes.fact(
      `Client ${redactor.redact(id)}`,
      `${redactor.redact(name)}; secrets: ${secrets.length}; scopes: ${scopes.length}; grants: ${grantTypes.join(', ') || 'none'}`,
    )
  if (clients?.length === 0) notes.fact('Clients', 'none')
  if (!SERVICE_KEYS.some((key) => settings.has(key)))
    notes.warnings.push(
      'The file holds none of the keys of the Identity Service; it may belong to another program.',
    )
  if (/^true$/i.test(settings.value('ShowPII') ?? ''))
    notes.warnings.push('ShowPII is on: the log shows personal data. Switch it off after diagnosing.')
  return notes.as('settings')
}
