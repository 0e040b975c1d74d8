export interface QuietHour {
  /** Whether it is one now. */
  readonly quiet: boolean
  /** Now, or when the next one begins. */
  readonly at: Date
}

const DAY_BEGINS = 6
const DAY_ENDS = 20
const WEEKEND: readonly number[] = [0, 6]

/**
 * When a service may be restarted without disturbing many: outside working hours, which are taken to be Monday to
 * Friday from 6:00 to 20:00 in this machine's time. The vendor recommends non-business hours for a change of the
 * certificate (Creatio Academy, “Change PFX certificate in the existing Identity Service”).
 */
export function quietHour(now: Date): QuietHour {
  const hour = now.getHours()
  if (WEEKEND.includes(now.getDay()) || hour < DAY_BEGINS || hour >= DAY_ENDS) return { quiet: true, at: now }
  const at = new Date(now)
  // By the clock on the wall, so that a change to or from summer time does not move it.
  at.setHours(DAY_ENDS, 0, 0, 0)
  return { quiet: false, at }
}
