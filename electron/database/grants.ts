import type { GrantScriptView, Provider } from '../contract/database.ts'
import { postgresGrants } from './postgres/grants.ts'
import { mssqlGrants } from './sql-server/grants.ts'

/** Who is to get the rights that the service needs, and where. */
export interface GrantWish {
  readonly provider: Provider
  readonly database: string
  /** The login; with `windowsLogin` the account, such as `CONTOSO\IDSRV$`. */
  readonly user: string
  /** Where the service's tables are; left out: the provider's usual one, `public` or `dbo`. */
  readonly schema?: string
  /** SQL Server: the login is a Windows account. */
  readonly windowsLogin?: boolean
}

/**
 * SQL for the database's administrator that gives the service the rights it needs: to connect, and to make, change, read
 * and write its tables. It may be run again, says who runs it and where, and holds no password.
 */
export function grantScript(wish: GrantWish): GrantScriptView {
  const text = wish.provider === 'MsSqlServer' ? mssqlGrants(wish) : postgresGrants(wish)
  return { name: 'identity-service-grants.sql', text }
}
