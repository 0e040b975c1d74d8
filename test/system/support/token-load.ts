import { setTimeout as sleep } from 'node:timers/promises'
import { type AskedService, fetchVerified } from './signing.ts'

const PAUSE_MS = 50

/** How it went; all times in milliseconds. */
export interface LoadReport {
  readonly tokens: number
  readonly failures: number
  /** The longest time without a token, from the beginning of a question that failed to the end of one that did not. */
  readonly longestMs: number
  /** The longest that any one answer, or its absence, was waited for. */
  readonly slowestMs: number
}

/** A program that goes on fetching and verifying tokens of a service, one at a time, until it is stopped. */
export class TokenLoad {
  readonly #service: AskedService
  readonly #running: Promise<void>
  #stopped = false
  #report: LoadReport = { tokens: 0, failures: 0, longestMs: 0, slowestMs: 0 }

  constructor(service: AskedService) {
    this.#service = service
    this.#running = this.#goOn()
  }

  /** Ends with the question that is under way. */
  async stop(): Promise<LoadReport> {
    this.#stopped = true
    await this.#running
    return this.#report
  }

  /** Waits until a question has failed. */
  async down(): Promise<void> {
    while (this.#report.failures === 0 && !this.#stopped) await sleep(10)
  }

  async #goOn(): Promise<void> {
    let downSince: number | undefined
    for (; !this.#stopped; await sleep(PAUSE_MS)) {
      const began = performance.now()
      const failed = await fetchVerified(this.#service).then(
        () => false,
        () => true,
      )
      const ended = performance.now()
      downSince = failed ? (downSince ?? began) : downSince
      const { tokens, failures, longestMs, slowestMs } = this.#report
      this.#report = {
        tokens: tokens + (failed ? 0 : 1),
        failures: failures + (failed ? 1 : 0),
        longestMs: Math.max(longestMs, downSince === undefined ? 0 : ended - downSince),
        slowestMs: Math.max(slowestMs, ended - began),
      }
      if (!failed) downSince = undefined
    }
  }
}
