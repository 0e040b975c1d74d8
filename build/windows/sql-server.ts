// node build/windows/sql-server.ts --work DIR --installer SQLEXPR_x64_ENU.exe --database NAME
// Installs SQL Server Express, makes a database and a SQL login, and writes the part “database” of the answers for that
// login to DIR/sql-login.json, for the account of an application pool to DIR/sql-integrated.json, and for a database that a
// setup makes to DIR/NAME-new.json. An administrator's connection string for the tests that want a real server goes to
// DIR/sql-administrator.connection.
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { writeNewDatabase } from './new-database.ts'
import { readOptions } from './options.ts'
import { say } from './program.ts'
import { runRaw, serverIn, type Server } from './server.ts'
import {
  administratorSql,
  bracketed,
  LOGIN_MODE,
  loginSql,
  setupArguments,
  SQL_SERVICE,
} from './sql-server-setup.ts'
import { runSql } from './sql.ts'

const MINUTES_20 = 1_200_000

const options = readOptions(process.argv.slice(2), ['work', 'installer', 'database'])
const server = await serverIn(options.work, options.practice)
const { database } = options
const media = join(server.work, 'sql-server')
await run(server, resolve(options.installer), ['/Q', `/x:${media}`])
await run(server, join(media, 'setup.exe'), setupArguments())
await runSql(server, 'master', [LOGIN_MODE, `CREATE DATABASE ${bracketed(database)}`])
for (const verb of ['stop', 'start']) await runRaw(server, 'net', [verb, SQL_SERVICE, '/y'])

const password = `Aa1-${randomBytes(18).toString('base64url')}`
const passwordFile = await secretFile(server, 'sql-login.password', password)
await runSql(server, 'master', [loginSql(database, database, password)])
const connection = await secretFile(
  server,
  'sql-integrated.connection',
  `Data Source=localhost;Initial Catalog=${database};Integrated Security=SSPI;TrustServerCertificate=True`,
)
const administrator = 'tests'
await runSql(server, 'master', [administratorSql(administrator, password)])
await secretFile(
  server,
  'sql-administrator.connection',
  `Data Source=localhost,1433;Initial Catalog=master;User ID=${administrator};Password=${password};TrustServerCertificate=True`,
)
const provider = 'MsSqlServer'
const place = { provider, server: 'localhost', port: 1433, options: 'TrustServerCertificate=True' } as const
await write(server, 'sql-login.json', {
  from: 'fields',
  ...place,
  database,
  user: database,
  password: `file:${passwordFile}`,
})
await writeNewDatabase(server.work, `${database}-new`, { ...place, user: administrator, password })
await write(server, 'sql-integrated.json', {
  from: 'connection-string',
  provider,
  connectionString: `file:${connection}`,
})
say(`SQL Server Express runs; the database ${database} is empty.`)

async function run({ machine }: Server, command: string, args: readonly string[]): Promise<void> {
  const { exitCode, stdout } = await machine.processes.run({ command, args, timeoutMs: MINUTES_20 })
  // ERROR_SUCCESS_REBOOT_REQUIRED: the server runs nevertheless.
  if (exitCode !== 0 && exitCode !== 3010) throw new Error(`${command} ended with ${exitCode}:\n${stdout}`)
}

async function secretFile({ work }: Server, name: string, text: string): Promise<string> {
  const file = join(work, name)
  await writeFile(file, text, { mode: 0o600 })
  return file
}

async function write({ work }: Server, name: string, answers: object): Promise<void> {
  await writeFile(join(work, name), JSON.stringify(answers, undefined, 2))
}
