import { readFile, stat } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { realMachine } from '../../../machine/real.ts'
import { protection } from '../protect.ts'
import type { ServerState } from '../state.ts'
import { stateStore } from '../store.ts'
import type { SiteHost } from './host.ts'
import { Listeners } from './listeners.ts'
import { lookAtSite } from './scene.ts'
import { startupFault } from './startup-fault.ts'
import { certificateFor } from './tls.ts'
import { Worker } from './worker.ts'

/** How soon it follows what tools did to the server. */
const PAUSE_MS = 100
const MOST_FOR_END_MS = 2000

/**
 * One site of the simulated IIS with its worker process: `main.ts --state FOLDER --site NAME`, FOLDER holding
 * state.json. It follows the state: it listens while the site is started, starts the application with the first
 * request, and ends when the site is deleted or at SIGTERM.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { state: { type: 'string' }, site: { type: 'string' } } })
  if (values.state === undefined || values.site === undefined)
    throw new Error('Both --state and --site are needed.')
  const host = await hostIn(values.state)
  const { site } = values
  const worker = new Worker(host, () => startupFault(host))
  const listeners = new Listeners({
    answer: (scheme) => (request, response) => void answer(scheme, request, response),
    certificate: async (port, name) => certificateFor(await host.state(), port, name, host.reveal),
  })

  async function answer(scheme: 'http:' | 'https:', request: IncomingMessage, response: ServerResponse) {
    try {
      const scene = lookAtSite(await host.state(), site)
      // A site that was stopped a moment ago still has its ports.
      if (!scene?.started) response.destroy()
      else await worker.answer(scene, scheme, request, response)
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      response.destroy()
    }
  }

  const ending = new AbortController()
  process.once('SIGTERM', () => ending.abort())
  while (!ending.signal.aborted) {
    const scene = await host.state().then(
      (state) => lookAtSite(state, site),
      // The whole server was removed.
      () => undefined,
    )
    if (scene === undefined) break
    await listeners.follow(scene.started ? scene.bindings : [])
    await worker.settle(scene)
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  await listeners.close()
  // An application that is still starting is not waited for.
  await Promise.race([worker.stop(), new Promise((resolve) => setTimeout(resolve, MOST_FOR_END_MS))])
  process.exit()
}

/** The server whose state lies in a folder; the state is read again only when its file has changed. */
async function hostIn(folder: string): Promise<SiteHost> {
  const machine = realMachine()
  const file = join(folder, 'state.json')
  const store = stateStore(machine, folder, () => {
    throw new Error(`There is no simulated server in ${folder}.`)
  })
  const { reveal } = await protection(machine, folder)
  let known: { readonly written: string; readonly state: ServerState } | undefined
  return {
    async state() {
      const { mtimeMs, size, ino } = await stat(file)
      const written = [mtimeMs, size, ino].join('|')
      if (known?.written !== written)
        known = { written, state: JSON.parse(await readFile(file, 'utf8')) as ServerState }
      return known.state
    },
    change: (work) => store.change((state) => Promise.resolve(work(state))),
    reveal,
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
})
