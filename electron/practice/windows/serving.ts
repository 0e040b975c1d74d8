import { connect } from 'node:net'
import { join } from 'node:path'
import type { Machine } from '../../machine/machine.ts'
import { sameName } from './configuration/element.ts'
import { readProcesses, writeProcesses } from './processes.ts'
import type { ServerState } from './state.ts'
import { lock } from './store.ts'
import { isServing, listWebsites, type Website } from './websites.ts'

/** How long a site gets to open or close its ports. */
const PORTS_MS = 5_000
/** How long a site gets whose process may only just have been started: a busy machine takes seconds to read a program. */
const START_MS = 20_000
const LOOK_MS = 25

/**
 * Brings the processes that serve sites in line with the state. A site that is started gets one; the process itself
 * follows the state from then on: it closes its ports while the site is stopped, starts the application anew when its
 * pool was recycled, and ends when the site is deleted. So no process is ever ended by its id here.
 */
export async function settleSites(
  real: Machine,
  folder: string,
  script: string,
  before: ServerState | undefined,
  state: ServerState,
): Promise<void> {
  const started = listWebsites(state).filter((site) => isReallyServed(state, site))
  const opened = started.flatMap(portsOf)
  const open = before === undefined ? [] : listWebsites(before).filter((site) => isReallyServed(before, site))
  const closed = open.flatMap(portsOf).filter((port) => !opened.includes(port))
  if (before !== undefined && sameList(open, started)) return

  const unlock = await lock(real, join(folder, 'processes.lock'))
  try {
    const known = await readProcesses(real, folder)
    const kept = Object.entries(known).filter(([name]) =>
      state.iis.sites.some(({ attributes }) => sameName(attributes['name'], name)),
    )
    const processes = Object.fromEntries(kept)
    for (const site of started)
      if (!(await runs(real, processes[site.name], site))) {
        const log = join(folder, `site-${portsOf(site)[0] ?? 0}.log`)
        const args = ['--state', folder, '--site', site.name]
        processes[site.name] = (await real.processes.startScript(script, args, log)).pid
      }
    await writeProcesses(real, folder, processes)
    for (const site of started) {
      const ended = () => !real.processes.alive(processes[site.name]!)
      for (const port of portsOf(site))
        await until(real, async () => (await answers(port)) || ended(), START_MS)
    }
    for (const port of closed) await until(real, async () => !(await answers(port)))
  } finally {
    await unlock()
  }
}

/** Waits until all processes that serve sites have ended, which they do once the state's file is gone. */
export async function siteProcessesEnded(real: Machine, folder: string): Promise<void> {
  const pids = Object.values(await readProcesses(real, folder))
  await until(real, async () => !pids.some((pid) => real.processes.alive(pid)))
  await writeProcesses(real, folder, {})
}

/**
 * Whether the process that is known for a site is the one that serves it: an id may have been given to another process
 * since. One that listens says which it is; one that has not opened its ports yet is given the time to.
 */
async function runs(real: Machine, pid: number | undefined, site: Website): Promise<boolean> {
  if (pid === undefined || !real.processes.alive(pid)) return false
  const binding = site.bindings.find(({ protocol }) => protocol === 'http')
  const port = (binding ?? site.bindings[0])?.port
  if (port === undefined) return true
  await until(real, async () => !real.processes.alive(pid) || (await answers(port)))
  if (!real.processes.alive(pid) || !(await answers(port))) return false
  // Over HTTPS nobody here holds the certificate to trust; that something took the port has to do.
  if (binding === undefined) return true
  const request = { headers: binding.host === '' ? {} : { Host: binding.host }, timeoutMs: PORTS_MS }
  const answer = await real.network.http(`http://127.0.0.1:${port}/`, request).catch(() => undefined)
  return answer === undefined || answer.headers['x-practice-process'] === String(pid)
}

/** A site listens, as HTTP.sys does for it, even while its pool is stopped. */
function isReallyServed(state: ServerState, { foreign, state: run }: Website): boolean {
  return isServing(state) && !foreign && run === 'Started'
}

function portsOf({ bindings }: Website): readonly number[] {
  return bindings.map(({ port }) => port)
}

function sameList(one: readonly Website[], other: readonly Website[]): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

async function until({ clock }: Machine, reached: () => Promise<boolean>, ms = PORTS_MS): Promise<void> {
  for (const end = clock.monotonic() + ms; clock.monotonic() < end;) {
    if (await reached()) return
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
  }
}

/** Whether somebody takes connections on a port of this machine. */
async function answers(port: number): Promise<boolean> {
  const both = await Promise.all(['127.0.0.1', '::1'].map((host) => accepts(port, host)))
  return both.includes(true)
}

function accepts(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host })
    const end = (result: boolean) => {
      socket.destroy()
      resolve(result)
    }
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}
