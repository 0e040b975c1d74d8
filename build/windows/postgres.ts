// node build/windows/postgres.ts --work DIR --service NAME|none --port N --user NAME --database NAME
// PGPASSWORD is the password of that user. Starts the image's PostgreSQL and makes a database with a user of its own;
// writes the part “database” of the answers to DIR/postgres.json, and for one that a setup makes to DIR/NAME-new.json.
import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, escapeIdentifier, escapeLiteral } from 'pg'
import { writeNewDatabase } from './new-database.ts'
import { portOf, readOptions } from './options.ts'
import { say } from './program.ts'
import { runRaw, serverIn, type Server } from './server.ts'

const SERVER = '127.0.0.1'
const PATIENCE_MS = 30_000

const NEEDED = ['work', 'service', 'port', 'user', 'database'] as const
const options = readOptions(process.argv.slice(2), NEEDED)
const server = await serverIn(options.work, options.practice)
const port = portOf(options.port)
if (options.service !== 'none') await startService(server, options.service)

const password = randomBytes(18).toString('base64url')
const passwordFile = join(server.work, 'postgres.password')
await writeFile(passwordFile, password, { mode: 0o600 })
const { database, user } = options
const client = await connected(user)
try {
  await client.query(`CREATE ROLE ${escapeIdentifier(database)} LOGIN PASSWORD ${escapeLiteral(password)}`)
  await client.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER ${escapeIdentifier(database)}`)
} finally {
  await client.end()
}
const answers = {
  from: 'fields',
  provider: 'PostgreSQL',
  server: SERVER,
  port,
  database,
  user: database,
  password: `file:${passwordFile}`,
}
await writeFile(join(server.work, 'postgres.json'), JSON.stringify(answers, undefined, 2))
await writeNewDatabase(server.work, `${database}-new`, {
  provider: 'PostgreSQL',
  server: SERVER,
  port,
  user,
  password: process.env['PGPASSWORD'] ?? '',
})
say(`PostgreSQL listens on ${SERVER}:${port}; the database ${database} is empty.`)

/** The image brings the service disabled. */
async function startService(on: Server, name: string): Promise<void> {
  await runRaw(on, 'sc', ['config', name, 'start=', 'demand'])
  const { exitCode, stdout, stderr } = await runRaw(on, 'net', ['start', name])
  if (exitCode !== 0)
    say(`net start ${name} ended with ${exitCode}: ${stdout.toString()}${stderr.toString()}`)
}

/** A service that has just been started listens a moment later. */
async function connected(name: string): Promise<Client> {
  for (const until = Date.now() + PATIENCE_MS; ; await sleep(500)) {
    const one = new Client({
      host: SERVER,
      port,
      user: name,
      password: process.env['PGPASSWORD'],
      database: 'postgres',
    })
    try {
      await one.connect()
      return one
    } catch (error) {
      // Whoever is told that the password is wrong has been listened to.
      const refused = (error as { readonly code?: string }).code?.startsWith('28') === true
      if (refused || Date.now() > until) throw error
    }
  }
}
