import type { ConnectionView, DatabaseDrivers, Provider } from '../../contract/database.ts'
import { parseConnectionString, printOptions } from '../../database/connection/connection-string.ts'
import { maskedText } from '../../database/connection/mask.ts'
import { notesOn } from '../../database/connection/notes.ts'
import { serviceForm } from '../../database/connection/service-form.ts'
import { hiddenParts } from '../../database/connection/hidden-parts.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { WizardState } from './state.ts'

export interface ConnectionAbout {
  /** What is secret in it goes into the vault, under names that begin with this. */
  readonly owner: string
  readonly provider: Provider
  readonly drivers?: DatabaseDrivers | undefined
}

/** A connection string in parts for a page, with what the service would be given. */
export function connectionView(
  { session }: WizardState,
  connectionString: Secret,
  { owner, provider, drivers }: ConnectionAbout,
): ConnectionView {
  const { vault } = session
  vault.put(`${owner}.connectionString`, connectionString.open(), hiddenParts)
  const parts = parseConnectionString(connectionString, provider)
  if (parts.password) vault.put(`${owner}.password`, parts.password.open())
  const about = drivers ? { drivers } : {}
  const form = serviceForm(connectionString, provider, about)
  return {
    provider,
    server: parts.server,
    ...(parts.port === undefined ? {} : { port: parts.port }),
    database: parts.database,
    user: parts.user,
    options: printOptions(parts.options),
    windowsLogin: parts.windowsLogin,
    hasPassword: parts.password !== undefined,
    connectionString: `vault:${owner}.connectionString`,
    ...(parts.password ? { password: `vault:${owner}.password` } : {}),
    text: maskedText(connectionString),
    written: maskedText(form.connectionString),
    notes: notesOn(connectionString, provider, drivers),
  }
}
