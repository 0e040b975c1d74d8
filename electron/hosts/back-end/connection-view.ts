import type { Provider } from '../../contract/answers.ts'
import type { ConnectionView } from '../../contract/views.ts'
import { parseConnectionString, printOptions } from '../../database/connection/connection-string.ts'
import { hiddenParts } from '../../scenarios/new-installation/database-facts.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { WizardState } from './state.ts'

/** A connection string in parts for a page; what is secret in it goes into the vault, under names that begin with `owner`. */
export function connectionView(
  { session }: WizardState,
  owner: string,
  connectionString: Secret,
  provider: Provider,
): ConnectionView {
  const { vault } = session
  vault.put(`${owner}.connectionString`, connectionString.open(), hiddenParts)
  const parts = parseConnectionString(connectionString, provider)
  if (parts.password) vault.put(`${owner}.password`, parts.password.open())
  return {
    provider,
    server: parts.server,
    ...(parts.port === undefined ? {} : { port: parts.port }),
    database: parts.database,
    user: parts.user,
    options: printOptions(parts.options),
    hasPassword: parts.password !== undefined,
    connectionString: `vault:${owner}.connectionString`,
    ...(parts.password ? { password: `vault:${owner}.password` } : {}),
  }
}
