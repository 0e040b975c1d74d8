// node build/windows/prepare.ts --work DIR --bundle FILE [--practice]
// Enables IIS and installs the hosting bundle, where they are missing, by the program's own fixes.
import { lookAtModule } from '../../electron/iis/module.ts'
import { installedRuntimes } from '../../electron/iis/runtimes.ts'
import { copyJournals } from './artifacts.ts'
import { readOptions } from './options.ts'
import { program, programEnding, say } from './program.ts'
import { runRaw, serverIn, type Server } from './server.ts'

const options = readOptions(process.argv.slice(2), ['work', 'bundle'])
const server = await serverIn(options.work, options.practice)
const practice = options.practice ? ['--practice'] : []
try {
  await enableIis(server)
  await installBundle(server, options.bundle)
} finally {
  await copyJournals(server)
}

async function enableIis(on: Server): Promise<void> {
  if (!on.practice) await letIisStart(on)
  await fix(on, ['iis-features'])
}

/** An image may come with the services of IIS disabled; a server that somebody set up for IIS does not. */
async function letIisStart(on: Server): Promise<void> {
  for (const service of ['WAS', 'W3SVC']) {
    const { exitCode } = await runRaw(on, 'sc', ['config', service, 'start=', 'auto'])
    say(`sc config ${service} start= auto ended with ${exitCode}.`)
  }
}

async function installBundle(on: Server, file: string): Promise<void> {
  const { state } = await lookAtModule(on.machine)
  const runtimes = (await installedRuntimes(on.machine)).map(({ name, version }) => `${name} ${version}`)
  say(`ASP.NET Core module: ${state}. Runtimes: ${runtimes.join(', ') || 'none'}.`)
  await fix(on, ['hosting-bundle', file])
  const after = await lookAtModule(on.machine)
  if (after.state !== 'ready') throw new Error(`The ASP.NET Core module is “${after.state}” afterwards.`)
}

/** Shows what a fix would do, does it, and sees that nothing is left to do. */
async function fix(on: Server, words: readonly string[]): Promise<void> {
  await programEnding(on, 0, ['fix', ...words, '--plan', ...practice])
  await programEnding(on, 0, ['fix', ...words, ...practice])
  const again = await program(on, ['fix', ...words, ...practice])
  if (!again.stdout.includes('nothing was changed'))
    throw new Error(`“fix ${words[0]}” changed something the second time, or failed.`)
}
