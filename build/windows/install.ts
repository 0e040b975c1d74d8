// node build/windows/install.ts --work DIR --variant http|https|account --name SITE --archive ZIP
//   --http-port N --https-port N [--database FILE.json] [--keep yes] [--practice]
// Sets one website up, proves it, and shows that taking it back leaves the server as it was.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { breakArchive } from './broken-archive.ts'
import { copyJournals } from './artifacts.ts'
import { changedParts, footprintOf, holdEqual } from './footprint.ts'
import { makeLocalAccount } from './local-account.ts'
import { portOf, readOptions } from './options.ts'
import { programEnding, say } from './program.ts'
import { serverIn, type Server } from './server.ts'
import { recordedRuns } from './recorded-runs.ts'
import {
  answersFor,
  firewallRuleOf,
  folderOf,
  VARIANTS,
  visibleParts,
  type VariantWishes,
} from './variants.ts'

const NEEDED = ['work', 'variant', 'name', 'archive', 'http-port', 'https-port'] as const
const options = readOptions(process.argv.slice(2), NEEDED, ['database', 'keep'])
const server = await serverIn(options.work, options.practice)
try {
  await install(server, await wishesFrom(server))
} finally {
  await copyJournals(server)
}

async function wishesFrom(on: Server): Promise<VariantWishes> {
  const variant = VARIANTS.find((each) => each === options.variant)
  if (!variant) throw new Error(`--variant is one of ${VARIANTS.join(', ')}.`)
  const user = 'identity-pool'
  const { name, database } = options
  return {
    variant,
    name,
    archive: resolve(options.archive),
    httpPort: portOf(options['http-port']),
    httpsPort: portOf(options['https-port']),
    ...(database === undefined
      ? {}
      : { database: JSON.parse(await readFile(database, 'utf8')) as NonNullable<VariantWishes['database']> }),
    ...(variant === 'account' ? { account: { user, passwordFile: await makeLocalAccount(on, user) } } : {}),
  }
}

async function install(on: Server, wishes: VariantWishes): Promise<void> {
  const { name } = wishes
  const { around } = folderOf(on, name)
  await mkdir(around, { recursive: true })
  const look = () => footprintOf(on, around, firewallRuleOf(name))
  const answers = await writeAnswers(on, name, wishes)
  const before = await look()

  await programEnding(on, 0, ['plan', answers])
  holdEqual('Looking at the plan', before, await look())

  const brokenArchive = join(on.work, 'IdentityService.broken.zip')
  await breakArchive(wishes.archive, brokenArchive)
  const broken = await writeAnswers(on, `${name}-broken`, { ...wishes, archive: brokenArchive })
  const failed = await programEnding(on, 1, ['apply', broken, '--report', reportOf(on, `${name}-broken`)])
  if (!failed.stdout.includes('Taken back; everything is as it was'))
    throw new Error('The run that failed was not taken back whole.')
  holdEqual('The run that failed', before, await look())

  const earlier = await recordedRuns(on)
  await programEnding(on, 0, ['apply', answers, '--report', reportOf(on, name)])
  await programEnding(on, 0, ['verify', answers])
  const installed = await look()
  const blind = visibleParts(wishes.variant).filter((part) => !changedParts(before, installed).includes(part))
  if (blind.length > 0) throw new Error(`No trace of the setup shows in: ${blind.join(', ')}.`)

  const again = await programEnding(on, 0, ['apply', answers])
  if (!again.stdout.includes('nothing was changed')) throw new Error('The second run changed something.')
  holdEqual('The second run', installed, await look())

  const runs = (await recordedRuns(on)).filter((run) => !earlier.includes(run))
  if (runs.length !== 1) throw new Error(`There are ${runs.length} journals of the setup instead of 1.`)
  if (options.keep !== undefined) return
  await programEnding(on, 0, ['undo', '--target', folderOf(on, name).target])
  holdEqual('Taking it back', before, await look())
  say(`${name}: set up, proven, repeated without a change, and taken back without a trace.`)
}

async function writeAnswers(on: Server, name: string, wishes: VariantWishes): Promise<string> {
  const file = join(on.work, `${name}.json`)
  await writeFile(file, JSON.stringify(answersFor(on, wishes), undefined, 2))
  return file
}

function reportOf({ artifacts }: Server, name: string): string {
  return join(artifacts, `${name}.html`)
}
