// node build/windows/exported-script.ts --work DIR --name SITE --archive ZIP --http-port N [--database FILE.json]
//   [--practice]
// Exports the plan as a script and, on a real Windows, runs it and asks the service that it set up.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Answers } from '../../electron/contract/answers.ts'
import { portOf, readOptions } from './options.ts'
import { powershell } from './powershell.ts'
import { RUN_AT_PROMPT } from './powershell-scripts.ts'
import { programEnding, say } from './program.ts'
import { runRaw, serverIn, type Server } from './server.ts'
import { answersFor, folderOf } from './variants.ts'

const NEEDED = ['work', 'name', 'archive', 'http-port'] as const
const options = readOptions(process.argv.slice(2), NEEDED, ['database'])
const server = await serverIn(options.work, options.practice)
const { name } = options
const port = portOf(options['http-port'])
await mkdir(folderOf(server, name).around, { recursive: true })
const database =
  options.database === undefined
    ? undefined
    : (JSON.parse(await readFile(options.database, 'utf8')) as Answers['database'])
const answers = answersFor(server, {
  variant: 'http',
  name,
  archive: resolve(options.archive),
  httpPort: port,
  httpsPort: port,
  ...(database ? { database } : {}),
})
const file = join(server.work, `${name}.json`)
const script = join(server.artifacts, `${name}.ps1`)
await writeFile(file, JSON.stringify(answers, undefined, 2))
await programEnding(server, 0, ['plan', file, '--script', script])
if (server.practice) say('Only exported: there is no PowerShell here that could run it.')
else await run(server)

async function run(on: Server): Promise<void> {
  const said = await powershell(on, RUN_AT_PROMPT, { file: script, secret: await databasePassword() })
  // Its last line is the client secret.
  say(said.replaceAll(/^(Client secret .*: ).*$/gm, '$1[hidden]'))
  const url = `http://localhost:${port}/.well-known/openid-configuration`
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}.`)
  for (const object of ['site', 'apppool']) await runRaw(on, 'appcmd', ['delete', object, name])
  say(`${name}: set up by the exported script; ${url} answers.`)
}

async function databasePassword(): Promise<string> {
  const reference = database?.from === 'fields' ? database.password : ''
  if (!reference.startsWith('file:')) throw new Error('The password of the database is not in a file.')
  return readFile(reference.slice('file:'.length), 'utf8')
}
