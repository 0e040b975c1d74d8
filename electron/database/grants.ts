import type { GrantScriptView } from '../contract/database.ts'
import type { GrantWish } from './grant-wish.ts'
import { postgresGrants } from './postgres/grants.ts'
import { mssqlGrants } from './sql-server/grants.ts'

/**
 * SQL for the database's administrator that gives the service the rights it needs: to connect, and to make, change, read
 * and write its tables. It may be run again, says who runs it and where, and holds no password.
 */
export function grantScript(wish: GrantWish): GrantScriptView {
  const text = wish.provider === 'MsSqlServer' ? mssqlGrants(wish) : postgresGrants(wish)
  return { name: 'identity-service-grants.sql', text }
}
