import { randomBytes } from 'node:crypto'
import type { ConnectionPool } from 'mssql'
import type { Evidence } from '../../contract/check.ts'
import { IS_TABLES } from '../identity-tables.ts'
import type { Finding } from '../connection-test/layers.ts'
import { numberOf, wordsOf } from './explain.ts'
import { rightsStatements } from './grants.ts'
import { bracketed } from './names.ts'

interface Standing {
  readonly me: string
  /** Null for the member of a Windows group that has none. */
  readonly schema: string | null
  /** Null when there is no such schema, or none that the user may see. */
  readonly owner: string | null
  readonly may_create: number | null
  readonly may_alter: number | null
}

const STANDING = `
  select user_name() as me, schema_name() as [schema],
         (select user_name(s.principal_id) from sys.schemas s where s.name = schema_name()) as owner,
         has_perms_by_name(null, 'DATABASE', 'CREATE TABLE') as may_create,
         has_perms_by_name(quotename(schema_name()), 'SCHEMA', 'ALTER') as may_alter`

/** What a table must allow; the service changes its tables when it is updated. */
const ON_TABLES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'ALTER'] as const

const TABLE_RIGHTS = `
  select t.name${ON_TABLES.map(
    (right) =>
      `, has_perms_by_name(quotename(schema_name(t.schema_id)) + N'.' + quotename(t.name), 'OBJECT', '${right}') as [${right}]`,
  ).join('')}
  from sys.tables t where t.schema_id = schema_id()`

type TableRights = { readonly name: string } & Readonly<Record<(typeof ON_TABLES)[number], number | null>>

/**
 * Layer "rights": whether the service could create and change its tables. It asks the server first and then really creates
 * and alters a table, in a transaction that is rolled back, which in SQL Server leaves nothing behind.
 */
export async function mssqlRights(pool: ConnectionPool): Promise<Finding> {
  const standing = (await pool.query<Standing>(STANDING)).recordset[0]!
  const facts: readonly Evidence[] = [
    { label: 'User in the database', value: standing.me },
    { label: 'Schema', value: standing.schema ?? 'none' },
    ...(standing.owner === null ? [] : [{ label: 'Owner of the schema', value: standing.owner }]),
  ]
  if (standing.schema === null || standing.owner === null) return { ...noSchema(standing), facts }
  const refusal = await tryTables(pool, standing.schema)
  if (refusal !== undefined) return { ...refused(standing, refusal), facts }
  const lacking = await lackingRights(pool)
  if (lacking.length > 0) return { ...lacksOnTables(standing, lacking), facts }
  return { state: 'passed', summary: `May create and change tables in schema ${standing.schema}`, facts }
}

/** Creates a table and changes it, and takes it back. Answers the server's error, if there was one. */
async function tryTables(pool: ConnectionPool, schema: string): Promise<unknown> {
  const probe = `${bracketed(schema)}.${bracketed(`IdentityServiceSetup_${randomBytes(6).toString('hex')}`)}`
  const transaction = pool.transaction()
  await transaction.begin()
  try {
    await transaction.request().query(`create table ${probe} ([Id] int identity(1,1) primary key)`)
    await transaction.request().query(`alter table ${probe} add [Changed] nvarchar(20) null`)
    return undefined
  } catch (error) {
    if (numberOf(error) === undefined) throw error
    return error
  } finally {
    // A server that rolled back by itself has nothing to roll back; one that is gone did, too.
    await transaction.rollback().catch(() => undefined)
  }
}

async function lackingRights(pool: ConnectionPool): Promise<readonly { name: string; rights: string[] }[]> {
  const tables = (await pool.query<TableRights>(TABLE_RIGHTS)).recordset
  return tables
    .filter(({ name }) => IS_TABLES.includes(name))
    .map((table) => ({ name: table.name, rights: ON_TABLES.filter((right) => table[right] !== 1) }))
    .filter(({ rights }) => rights.length > 0)
}

function noSchema({ me, schema }: Standing): Finding {
  return {
    state: 'failed',
    summary:
      schema === null ? `${me} has no default schema` : `The default schema ${schema} of ${me} is not there`,
    cause: 'The service creates its tables in the default schema of its user.',
    remedy: {
      text: 'Let the owner of the database run:',
      sql: `ALTER USER ${bracketed(me)} WITH DEFAULT_SCHEMA = [dbo];`,
    },
  }
}

function refused({ me, schema, may_create, may_alter }: Standing, error: unknown): Finding {
  const driverMessage = wordsOf(error)
  const name = schema ?? 'dbo'
  switch (numberOf(error)) {
    // CREATE TABLE permission denied; the schema is not there or may not be used.
    case 262:
    case 2760: {
      const lacking = [
        may_create === 1 ? '' : 'CREATE TABLE in the database',
        may_alter === 1 ? '' : `ALTER on the schema ${name}`,
      ]
      return {
        state: 'failed',
        summary: `May not create tables in schema ${name}`,
        driverMessage,
        cause: `The user ${me} lacks ${lacking.filter((one) => one !== '').join(' and ') || 'a right'}.`,
        remedy: { text: 'Let the owner of the database run:', sql: rightsStatements(me, name).join('\n') },
      }
    }
    case 3906:
      return {
        state: 'failed',
        summary: 'The database takes no changes: it is read-only',
        driverMessage,
        remedy: { text: 'Let the owner of the database run:', sql: 'ALTER DATABASE CURRENT SET READ_WRITE;' },
      }
    // Data files or the log are full.
    case 1105:
    case 9002:
      return {
        state: 'failed',
        summary: 'The database is full',
        driverMessage,
        remedy: { text: 'Let the owner of the database make room: back up its log, or let its files grow.' },
      }
    default:
      return {
        state: 'failed',
        summary: `A table could not be created in schema ${name}`,
        driverMessage,
        remedy: { text: 'Show the server’s words to the people who look after the database.' },
      }
  }
}

function lacksOnTables(
  { me, schema }: Standing,
  lacking: readonly { name: string; rights: readonly string[] }[],
): Finding {
  const rights = [...new Set(lacking.flatMap((table) => table.rights))]
  const many = lacking.length === 1 ? lacking[0]!.name : `${lacking.length} tables of the service`
  return {
    state: 'failed',
    summary: `${me} lacks ${rights.join(', ')} on ${many}`,
    cause: `An earlier installation made the tables as another user: ${lacking.map(({ name }) => name).join(', ')}.`,
    remedy: {
      text: 'Let the owner of the database run:',
      sql: rightsStatements(me, schema ?? 'dbo').join('\n'),
    },
  }
}
