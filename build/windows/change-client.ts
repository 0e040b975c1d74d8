// node build/windows/change-client.ts --work DIR --name SITE --archive ZIP --http-port N [--database FILE.json] [--practice]
// Sets a website up, looks at its database by the program’s own commands, gives its client another ID and secret and
// then other scopes, and takes each back: the service itself is asked for tokens every time. Where the answers have the
// database made, it has to be gone in the end, and its login with it.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Answers } from '../../electron/contract/answers.ts'
import { copyJournals } from './artifacts.ts'
import { type Client, clientIn, tokenFor } from './ask-token.ts'
import { clientFootprint, holdChanged } from './client-footprint.ts'
import { administratorOf, serviceDatabase } from './database-access.ts'
import { tryDatabaseCommands } from './database-commands.ts'
import { changedParts, type Footprint, footprintOf, holdEqual } from './footprint.ts'
import { databasesAndLogins, holdLesserLogin } from './new-database.ts'
import { portOf, readOptions } from './options.ts'
import { programEnding, say } from './program.ts'
import { serverIn } from './server.ts'
import { answersFor, firewallRuleOf, folderOf } from './variants.ts'

const SCOPES = ['IdentityServerApi', 'find_clients'].join(' ')
const REFUSED = 'invalid_client'
const DATABASES = 'databases and logins'

const options = readOptions(process.argv.slice(2), ['work', 'name', 'archive', 'http-port'], ['database'])
const server = await serverIn(options.work, options.practice)
const { name } = options
const httpPort = portOf(options['http-port'])
const { around, target } = folderOf(server, name)
const database =
  options.database === undefined
    ? undefined
    : (JSON.parse(await readFile(options.database, 'utf8')) as Answers['database'])
const made = database?.from === 'new' ? database : undefined
const administrator =
  made && (await administratorOf(made, made.provider === 'PostgreSQL' ? 'postgres' : 'master'))

await mkdir(around, { recursive: true })
const answers = answersFor(server, {
  variant: 'http',
  name,
  archive: resolve(options.archive),
  httpPort,
  httpsPort: httpPort,
  ...(database ? { database } : {}),
})
const file = join(server.work, `${name}.json`)
await writeFile(file, JSON.stringify(answers, undefined, 2))
const before = await look()
try {
  await programEnding(server, 0, ['apply', file])
  const first = await client()
  if (made) {
    if (!changedParts(before, await look()).includes(DATABASES))
      throw new Error('The database that was made does not show.')
    await holdLesserLogin(await serviceDatabase(server, target))
    await tryDatabaseCommands(
      server,
      { name, target, client: first },
      await administratorOf(made, made.database),
    )
  } else await tryDatabaseCommands(server, { name, target, client: first })
  const granted = await tokenFor(url(), first)
  if (!SCOPES.split(' ').every((scope) => granted.split(' ').includes(scope)))
    throw new Error(`The client that was set up is answered “${granted}”.`)
  const installed = await standing()

  await change('id-and-secret', ['--id', 'generate', '--secret', 'generate'])
  const second = await client()
  if (second.id === first.id || second.secret === first.secret)
    throw new Error('The client is the former one.')
  await says(second, granted, first)
  const changed = await standing()
  holdChanged('Another ID and secret', changedParts(installed, changed))

  await change('scopes', ['--scopes', SCOPES])
  await says(second, SCOPES, first)
  holdChanged('Other scopes', changedParts(changed, await standing()))

  await undo()
  holdEqual('Taking the scopes back', changed, await standing())
  await says(second, granted, first)
  await undo()
  holdEqual('Taking the client back', installed, await standing())
  await says(first, granted, second)
  await undo()
  holdEqual('Taking it back', before, await look())
  say(`${name}: the client was changed twice, the service proved it, and each change was taken back.`)
} finally {
  await copyJournals(server)
}

/** Everything that taking the setup back has to bring back, on the server of the database too. */
async function look(): Promise<Footprint> {
  const databases = administrator && { [DATABASES]: await databasesAndLogins(administrator) }
  return { ...(await footprintOf(server, around, firewallRuleOf(name))), ...databases }
}

async function standing(): Promise<Footprint> {
  return clientFootprint(server, target, await look())
}

async function change(what: string, wishes: readonly string[]): Promise<void> {
  const report = ['--report', join(server.artifacts, `${name}-${what}.html`)]
  await programEnding(server, 0, ['client', 'change', '--target', target, ...wishes, ...report])
}

async function undo(): Promise<void> {
  await programEnding(server, 0, ['undo', '--target', target])
}

/** Holds what the service answers to a client, and that it refuses another. */
async function says(now: Client, wanted: string, former: Client): Promise<void> {
  const [said, refused] = [await tokenFor(url(), now), await tokenFor(url(), former)]
  if (said === wanted && refused === REFUSED)
    return say(`Checked: ${now.id} gets a token, ${former.id} does not.`)
  throw new Error(`${now.id} is answered “${said}” instead of “${wanted}”, and ${former.id} “${refused}”.`)
}

function client(): Promise<Client> {
  return clientIn(target, answers.client.name)
}

function url(): string {
  return `http://localhost:${httpPort}`
}
