import type { ConnectionPool } from 'mssql'
import type { ClientMentions } from '../identity-database.ts'
import { bracketed } from './names.ts'

/** What names a client by its ClientId. Tables that are not there, or may not be read, count as empty. */
export async function readMentions(pool: ConnectionPool, clientId: string): Promise<ClientMentions> {
  const count = async (sql: string): Promise<number> => {
    const { recordset } = await pool
      .request()
      .input('id', clientId)
      .query<{ count: number }>(`select count(*) as count ${sql}`)
    return recordset[0]?.count ?? 0
  }
  const grants: { table: string; rows: number }[] = []
  for (const table of ['PersistedGrants', 'DeviceCodes'])
    if (await mayRead(pool, table)) {
      const rows = await count(`from ${bracketed(table)} where [ClientId] = @id`)
      if (rows > 0) grants.push({ table, rows })
    }
  const owned = (await mayRead(pool, 'ClientProperties'))
    ? await count(
        'from [Clients] c where c.[ClientId] <> @id and exists (select 1 from [ClientProperties] p where p.[ClientId] = c.[Id] and p.[Value] = @id)',
      )
    : 0
  return { grants, owned }
}

/** Not for a table that is not there, either. https://learn.microsoft.com/sql/t-sql/functions/has-perms-by-name-transact-sql */
async function mayRead(pool: ConnectionPool, table: string): Promise<boolean> {
  const { recordset } = await pool
    .request()
    .input('table', table)
    .query<{ yes: number | null }>(
      `select has_perms_by_name(quotename(schema_name()) + N'.' + quotename(@table), 'OBJECT', 'SELECT') as yes`,
    )
  return recordset[0]?.yes === 1
}
