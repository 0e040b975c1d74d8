import { randomBytes, randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Random } from './machine.ts'

/** This machine's clock. */
export const realClock: Clock = {
  now: () => new Date(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => sleep(ms, undefined, { signal }),
}

/** The operating system's cryptographic source. */
export const realRandom: Random = {
  bytes: (length) => randomBytes(length),
  below: (below) => randomInt(below),
}
