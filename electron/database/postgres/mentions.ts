import type { Client } from 'pg'
import type { ClientMentions } from '../identity-database.ts'
import { quotedName } from './names.ts'

/** What names a client by its ClientId. Tables that are not there, or may not be read, count as empty. */
export async function readMentions(client: Client, clientId: string): Promise<ClientMentions> {
  const count = async (sql: string): Promise<number> =>
    (await client.query<{ count: number }>(`select count(*)::int as count ${sql}`, [clientId])).rows[0]!.count
  const grants: { table: string; rows: number }[] = []
  for (const table of ['PersistedGrants', 'DeviceCodes'])
    if (await mayRead(client, table)) {
      const rows = await count(`from ${quotedName(table)} where "ClientId" = $1`)
      if (rows > 0) grants.push({ table, rows })
    }
  const owned = (await mayRead(client, 'ClientProperties'))
    ? await count(`
        from "Clients" c where c."ClientId" <> $1
          and exists (select from "ClientProperties" p where p."ClientId" = c."Id" and p."Value" = $1)`)
    : 0
  return { grants, owned }
}

async function mayRead(client: Client, table: string): Promise<boolean> {
  // Nothing for a table that is not there.
  const found = await client.query<{ yes: boolean | null }>(
    `select has_table_privilege(to_regclass($1)::oid, 'SELECT') as yes`,
    [quotedName(table)],
  )
  return found.rows[0]!.yes === true
}
