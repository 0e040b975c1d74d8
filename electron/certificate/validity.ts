import { SetupError } from '../contract/problem.ts'

/** As the vendor's own script: three years. */
export const DEFAULT_DAYS = 1095

/**
 * A hundred years. Readers store such dates rightly, but a key nobody ever replaces is no longer a choice of
 * the installer, it is an oversight.
 */
const MOST_DAYS = 36_500

const DAY_MS = 86_400_000
/** Clocks of two hosts differ; a certificate that is not valid yet on one of them would stop the service. */
const BACKDATED_MS = 5 * 60_000

/** A span for a certificate that starts a few minutes before `now` and ends `days` after it, whole seconds. */
export function validity(days: number, now: Date): { readonly notBefore: Date; readonly notAfter: Date } {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw new SetupError({
      code: 'certificate.days',
      what: `A certificate cannot be valid for ${days} days.`,
      next: `Choose a whole number from 1 to ${MOST_DAYS}; the vendor's script uses ${DEFAULT_DAYS}.`,
    })
  const second = Math.floor(now.getTime() / 1000) * 1000
  return { notBefore: new Date(second - BACKDATED_MS), notAfter: new Date(second + days * DAY_MS) }
}
