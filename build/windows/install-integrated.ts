// node build/windows/install-integrated.ts --work DIR --name SITE --archive ZIP --http-port N --database FILE.json
// With the account of the application pool as the login to SQL Server: the first run stops because the server does not
// know it, the SQL that the program prints is run, the same command goes on, and in the end all is taken back.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Answers } from '../../electron/contract/answers.ts'
import { copyJournals } from './artifacts.ts'
import { footprintOf, holdEqual } from './footprint.ts'
import { grantIn } from './grant.ts'
import { portOf, readOptions } from './options.ts'
import { programEnding, say } from './program.ts'
import { serverIn } from './server.ts'
import { runSql } from './sql.ts'
import { recordedRuns } from './recorded-runs.ts'
import { answersFor, firewallRuleOf, folderOf } from './variants.ts'

const NEEDED = ['work', 'name', 'archive', 'http-port', 'database'] as const
const options = readOptions(process.argv.slice(2), NEEDED)
const server = await serverIn(options.work, options.practice)
const { name } = options
const { around } = folderOf(server, name)
await mkdir(around, { recursive: true })
const look = () => footprintOf(server, around, firewallRuleOf(name))
const httpPort = portOf(options['http-port'])
const answers = answersFor(server, {
  variant: 'http',
  name,
  archive: resolve(options.archive),
  httpPort,
  httpsPort: httpPort,
  database: JSON.parse(await readFile(options.database, 'utf8')) as Answers['database'],
})
const file = join(server.work, `${name}.json`)
await writeFile(file, JSON.stringify(answers, undefined, 2))
const earlier = await recordedRuns(server)
const before = await look()
try {
  const stopped = await programEnding(server, 1, ['apply', file, '--json', '--on-failure', 'stop'])
  await runSql(server, 'master', [grantIn(stopped.stdout)])
  const report = join(server.artifacts, `${name}.html`)
  await programEnding(server, 0, ['apply', file, '--report', report])
  await programEnding(server, 0, ['verify', file])
  const runs = (await recordedRuns(server)).filter((run) => !earlier.includes(run))
  if (runs.length !== 1) throw new Error(`There are ${runs.length} journals of the setup instead of 1.`)
  await programEnding(server, 0, ['undo', '--target', answers.service.target])
  holdEqual('Taking it back', before, await look())
  say(`${name}: set up with the login of its application pool, and taken back without a trace.`)
} finally {
  await copyJournals(server)
}
