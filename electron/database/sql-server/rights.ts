import type { ConnectionPool } from 'mssql'
import type { Finding } from '../test/layers.ts'

interface Standing {
  readonly me: string
  readonly schema: string
  readonly quoted_me: string
  readonly quoted_schema: string
  readonly may_create: number
  readonly may_alter: number
  readonly updateability: string
}

const STANDING = `
  select user_name() as me, schema_name() as [schema],
         quotename(user_name()) as quoted_me, quotename(schema_name()) as quoted_schema,
         has_perms_by_name(null, 'DATABASE', 'CREATE TABLE') as may_create,
         has_perms_by_name(schema_name(), 'SCHEMA', 'ALTER') as may_alter,
         cast(databasepropertyex(db_name(), 'Updateability') as nvarchar(20)) as updateability`

/** Layer "rights": whether the server says that the service may create its tables. */
export async function mssqlRights(pool: ConnectionPool): Promise<Finding> {
  const standing = (await pool.query<Standing>(STANDING)).recordset[0]!
  if (standing.updateability === 'READ_ONLY')
    return {
      state: 'failed',
      summary: 'The database is read-only',
      remedy: { text: 'Enter the primary server, or let the owner of the database make it writable.' },
    }
  if (standing.may_create === 1 && standing.may_alter === 1)
    return { state: 'passed', summary: `May create tables in schema ${standing.schema}` }
  const { schema, quoted_schema, quoted_me } = standing
  return {
    state: 'failed',
    summary: `May not create tables in schema ${schema}`,
    remedy: {
      text: 'Let the owner of the database run:',
      sql: `GRANT CREATE TABLE TO ${quoted_me}; GRANT ALTER, REFERENCES ON SCHEMA::${quoted_schema} TO ${quoted_me};`,
    },
  }
}
