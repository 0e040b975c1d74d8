import { problemOf, type Problem } from '../contract/problem.ts'
import { type DiscoveryDocument, readDiscovery } from './discovery.ts'
import { fetchVerifiedToken, isRefusal, type TokenSource } from './verified-token.ts'

export interface WatchOptions {
  /** PEM of an HTTPS certificate to trust. */
  readonly trust?: string
  /** Milliseconds between an answer and the next question. Default 200. */
  readonly pauseMs?: number
  /** Milliseconds for each exchange. Default 5000. */
  readonly timeoutMs?: number
}

/** What became of one question; a refusal is the service's own, given by a service that works. */
export type Outcome = 'token' | 'refused' | 'failed'

/** How it went; all times in milliseconds. */
export interface Watched {
  readonly askedTimes: number
  /** How often no token could be had or verified, refusals not counted. */
  readonly failures: number
  /** The longest time without a token, from the first question that failed to the next that did not. */
  readonly longestMs: number
  readonly totalMs: number
  /** The longest that a token which came was waited for. */
  readonly slowestMs: number
  readonly firstFailure?: Problem
  /** Why the service gives this client no token. */
  readonly refusal?: Problem
}

/**
 * A client under load: from now until it is stopped it fetches a token, one at a time, and verifies it against the keys
 * that the service publishes at that moment. Never throws.
 */
export class TokenWatch {
  /** What became of the first question. */
  readonly first: Promise<Outcome>
  readonly #source: TokenSource
  readonly #pauseMs: number
  readonly #options: { readonly timeoutMs: number; readonly trust?: readonly string[] }
  readonly #stopping = new AbortController()
  readonly #running: Promise<void>
  #document: DiscoveryDocument | undefined
  #askedTimes = 0
  #failures = 0
  #longestMs = 0
  #totalMs = 0
  #slowestMs = 0
  #downSince: number | undefined
  #firstFailure: Problem | undefined
  #refusal: Problem | undefined

  constructor(source: TokenSource, { trust, pauseMs = 200, timeoutMs = 5000 }: WatchOptions = {}) {
    this.#source = source
    this.#pauseMs = pauseMs
    this.#options = { timeoutMs, ...(trust === undefined ? {} : { trust: [trust] }) }
    this.first = this.#askAndNote()
    this.#running = this.first.then(() => this.#goOn())
  }

  /** Ends a question that is under way and says how it went. Asked twice, the same. */
  async stop(): Promise<Watched> {
    this.#stopping.abort()
    await this.#running
    this.#up(this.#source.clock.monotonic())
    return {
      askedTimes: this.#askedTimes,
      failures: this.#failures,
      longestMs: this.#longestMs,
      totalMs: this.#totalMs,
      slowestMs: this.#slowestMs,
      ...(this.#firstFailure ? { firstFailure: this.#firstFailure } : {}),
      ...(this.#refusal ? { refusal: this.#refusal } : {}),
    }
  }

  async #goOn(): Promise<void> {
    const { signal } = this.#stopping
    while (!signal.aborted) {
      await this.#source.clock.sleep(this.#pauseMs, signal).catch(() => {})
      if (!signal.aborted) await this.#askAndNote()
    }
  }

  async #askAndNote(): Promise<Outcome> {
    const { clock } = this.#source
    const began = clock.monotonic()
    const problem = await this.#ask()
    const ended = clock.monotonic()
    const outcome = problem === undefined ? 'token' : isRefusal(problem) ? 'refused' : 'failed'
    // A question that was broken off says nothing of the service.
    if (problem !== undefined && this.#stopping.signal.aborted) return outcome
    this.#askedTimes++
    if (outcome === 'failed') {
      this.#failures++
      this.#downSince ??= began
      this.#firstFailure ??= problem
      return outcome
    }
    if (outcome === 'refused') this.#refusal = problem
    else this.#slowestMs = Math.max(this.#slowestMs, ended - began)
    this.#up(ended)
    return outcome
  }

  async #ask(): Promise<Problem | undefined> {
    const source = this.#source
    const options = { ...this.#options, signal: this.#stopping.signal }
    try {
      this.#document ??= await readDiscovery(source.network, source.localUrl, options)
      await fetchVerifiedToken(source, this.#document, options)
      return undefined
    } catch (error) {
      return problemOf(error)
    }
  }

  #up(now: number): void {
    if (this.#downSince === undefined) return
    const ms = now - this.#downSince
    this.#downSince = undefined
    this.#longestMs = Math.max(this.#longestMs, ms)
    this.#totalMs += ms
  }
}
