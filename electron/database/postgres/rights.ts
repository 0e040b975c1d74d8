import type { Client } from 'pg'
import type { Finding } from '../connection-test/layers.ts'
import { existingTableRights, judgeExistingTables } from './existing-tables.ts'
import { tryToCreate, type Refusal } from './probe.ts'

interface Standing {
  /** Quoted where SQL needs it. */
  readonly me: string
  /** The first schema of search_path that exists and may be used; null when there is none. */
  readonly schema: string | null
  readonly quoted_schema: string | null
  readonly may_create: boolean | null
  readonly search_path: string
  readonly version: number
}

const STANDING = `
  select quote_ident(current_user) as me,
         current_schema() as schema,
         quote_ident(current_schema()) as quoted_schema,
         has_schema_privilege(current_schema(), 'CREATE') as may_create,
         current_setting('search_path') as search_path,
         current_setting('server_version_num')::int as version`

/**
 * Layer "rights": whether the service could create its tables, change, fill and read them, and whether it may do so with
 * those that are there. It really creates a table, in a transaction that is rolled back, which in PostgreSQL leaves
 * nothing behind.
 */
export async function postgresRights(client: Client): Promise<Finding> {
  const standing = (await client.query<Standing>(STANDING)).rows[0]!
  const { schema } = standing
  if (schema === null) return noSchema(standing)
  const refusal = await tryToCreate(client)
  if (refusal) return judgeRefusal(standing, schema, refusal)
  const existing = judgeExistingTables(await existingTableRights(client), standing.me)
  if (existing) return existing
  return { state: 'passed', summary: `May create and change tables in schema ${schema}` }
}

function judgeRefusal(standing: Standing, schema: string, { doing, code, message }: Refusal): Finding {
  const driverMessage = `ERROR ${code}: ${message}`
  if (code === '42501' && standing.may_create === false) return mayNot(standing, driverMessage)
  return {
    state: 'failed',
    summary: `In schema ${schema} a table could not be ${doing}`,
    driverMessage,
    // 25006: the transaction is read-only, which the layer before looks for.
    ...(code === '42501'
      ? { cause: 'A rule of the server, such as an event trigger, forbids it to this user.' }
      : {}),
    remedy: { text: 'Show the server’s words to the people who look after the database.' },
  }
}

function noSchema({ me, search_path }: Standing): Finding {
  return {
    state: 'failed',
    summary: 'There is no schema to create tables in',
    cause: `None of the schemas of search_path (${search_path}) exists or may be used by ${me}.`,
    remedy: {
      text: 'Let the owner of the database run:',
      sql: `GRANT USAGE, CREATE ON SCHEMA public TO ${me};`,
    },
  }
}

function mayNot({ me, schema, quoted_schema, version }: Standing, driverMessage: string): Finding {
  const since15 = schema === 'public' && version >= 150_000
  return {
    state: 'failed',
    summary: `May not create tables in schema ${schema}`,
    driverMessage,
    // https://www.postgresql.org/docs/release/15.0/
    ...(since15
      ? { cause: 'From PostgreSQL 15 on, only the owner of a database may create tables in “public”.' }
      : {}),
    remedy: {
      text: 'Let the owner of the database run:',
      sql: `GRANT USAGE, CREATE ON SCHEMA ${quoted_schema} TO ${me};`,
    },
  }
}
