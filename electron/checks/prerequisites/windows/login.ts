import { parseConnectionString } from '../../../database/connection/connection-string.ts'
import { loginOfPool } from '../../../iis/database-login.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const loginCheck: Check<PrerequisiteSubject> = {
  id: 'database.windows-login',
  title: 'Windows login to SQL Server',
  why: '“Integrated Security” means the account of the application pool, not the person who installs.',

  async look({ answers, database, website: facts, machineName }) {
    if (!database) return { status: 'not-tried', summary: 'The database is asked for on the Database page.' }
    const parts = parseConnectionString(database.connectionString, database.provider)
    if (!parts.windowsLogin)
      return { status: 'not-applicable', summary: 'The connection string has a login of its own.' }
    const { website } = answers
    if (!website || !facts)
      return { status: 'not-tried', summary: 'The account is asked for on the Website page.' }
    const login = loginOfPool({
      pool: website.pool,
      identity: website.identity,
      server: parts.server,
      database: parts.database,
      machineName,
    })
    return {
      status: 'warning',
      summary: `SQL Server will see the login ${login.name}.`,
      cause: login.why,
      remedy: { text: 'Give this login the rights it needs, where it has none yet.', sql: login.sql },
    }
  },
}
