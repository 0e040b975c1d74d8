import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command, Machine } from '../../../electron/machine/machine.ts'
import {
  machineOf,
  makeServicePlace,
  ReplaceLife,
  replaceAnswers,
  signingNow,
  undoNewest,
  type ServicePlace,
} from './service-place.ts'

let place: ServicePlace
beforeAll(async () => void (place = await makeServicePlace()), 120_000)
afterAll(() => place.remove())

/** Between an answer and the next question; the watch of the step itself makes longer ones. */
const PAUSE_MS = 20
const WATCH_PAUSE_MS = 200

/** A program that lives on tokens: it fetches one after the other and verifies each by the keys of that moment. */
class Client {
  /** The `kid` of each token that came, in their order. */
  readonly kids: string[] = []
  /** Milliseconds of each time without a token: from the first question that failed to the end of the next that did not. */
  readonly outages: number[] = []
  slowestMs = 0
  #stopped = false
  readonly #running: Promise<void>

  constructor() {
    this.#running = this.#ask()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#running
  }

  async #ask(): Promise<void> {
    let since: number | undefined
    while (!this.#stopped || since !== undefined) {
      const began = performance.now()
      const kid = await signingNow(place).then(
        (signing) => signing.kid,
        () => undefined,
      )
      const now = performance.now()
      if (kid === undefined) since ??= began
      else {
        this.kids.push(kid)
        this.slowestMs = Math.max(this.slowestMs, now - began)
        if (since !== undefined) this.outages.push(now - since)
        since = undefined
      }
      await pause(PAUSE_MS)
    }
  }
}

async function replaceUnderLoad(machine: Machine) {
  const { kid: former } = await signingNow(place)
  const clients = [new Client(), new Client()]
  while (clients.some(({ kids }) => kids.length < 3)) await pause(PAUSE_MS)
  const life = new ReplaceLife(place, machine)
  await life.replace(replaceAnswers(place))
  const seen = clients.map(({ kids }) => kids.length)
  while (clients.some(({ kids }, index) => kids.length < seen[index]! + 3)) await pause(PAUSE_MS)
  await Promise.all(clients.map((client) => client.stop()))
  const { kid: now } = await signingNow(place)
  for (const { kids } of clients) {
    // Never back again, and no third key.
    const turn = kids.indexOf(now)
    expect(kids).toEqual([...kids.slice(0, turn).fill(former), ...kids.slice(turn).fill(now)])
    expect(turn).toBeGreaterThanOrEqual(3)
    expect(turn).toBeLessThan(kids.length - 2)
  }
  return { clients, told: life.summaryOf('take-up-certificate') }
}

test('tokens that come throughout are told so; the old key signs before, the new one after', async () => {
  const { clients, told } = await replaceUnderLoad(machineOf(place))
  // A token of the former key, verified a moment later by the new ones, is a failure of a moment.
  for (const { outages, slowestMs } of clients)
    for (const ms of outages) expect(ms).toBeLessThan(slowestMs * 2 + 2 * PAUSE_MS + WATCH_PAUSE_MS)
  expect(told).toMatch(/; (tokens could be fetched throughout|for 0\.\d s no token could be fetched)/)
  await undoNewest(place)
})

test('a time without tokens is told as the clients have seen it', async () => {
  const GAP_MS = 2500
  const machine = machineOf(place)
  /** A pool whose former worker process has to end before the new one starts (disallowOverlappingRotation). */
  const run = async (command: Command) => {
    if (command.args[0] !== 'recycle') return machine.processes.run(command)
    const pool = (verb: string) =>
      machine.processes.run({ ...command, args: [verb, 'apppool', `/apppool.name:${place.pool}`] })
    await pool('stop')
    await pause(GAP_MS)
    await pool('start')
    return machine.processes.run(command)
  }
  const { clients, told } = await replaceUnderLoad({ ...machine, processes: { ...machine.processes, run } })
  const longest = Math.max(...clients.flatMap(({ outages }) => outages))
  const [, seconds] = /; for (\d+\.\d) s no token could be fetched/.exec(told) ?? []
  expect(told).toMatch(/; for \d+\.\d s no token could be fetched/)
  expect(longest).toBeGreaterThanOrEqual(GAP_MS - PAUSE_MS)
  // Each begins to see it up to one pause and one question late, and sees the end as late; and tenths are rounded.
  const slowest = Math.max(...clients.map(({ slowestMs }) => slowestMs))
  const tolerance = 2 * (WATCH_PAUSE_MS + slowest) + 100
  expect(Math.abs(Number(seconds) * 1000 - longest)).toBeLessThanOrEqual(tolerance)
  await undoNewest(place)
})
