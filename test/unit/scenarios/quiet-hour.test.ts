import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { quietHour } from '../../../electron/scenarios/installation/quiet-hour.ts'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

/** Of a wall clock in a time zone. */
const at = (timeZone: string, text: string) => {
  process.env['TZ'] = timeZone
  return new Date(text)
}

describe('quietHour', () => {
  it.each([
    ['2026-11-20T05:59:59', undefined],
    ['2026-11-20T06:00:00', '2026-11-20T20:00:00'],
    ['2026-11-20T12:34:56.789', '2026-11-20T20:00:00'],
    ['2026-11-20T19:59:59.999', '2026-11-20T20:00:00'],
    ['2026-11-20T20:00:00', undefined],
    ['2026-11-21T12:00:00', undefined],
    ['2026-11-22T12:00:00', undefined],
    ['2026-11-23T00:00:00', undefined],
    ['2026-11-23T08:00:00', '2026-11-23T20:00:00'],
    // A Monday on which the clocks had changed the night before.
    ['2026-03-30T08:00:00', '2026-03-30T20:00:00'],
    ['2026-10-26T08:00:00', '2026-10-26T20:00:00'],
  ])('at %s: %s', (text, next) => {
    for (const timeZone of ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'UTC']) {
      const now = at(timeZone, text)
      expect(quietHour(now), timeZone).toEqual(
        next === undefined ? { quiet: true, at: now } : { quiet: false, at: new Date(next) },
      )
    }
  })

  it('by the clock on the wall, where a weekday itself has another number of hours', () => {
    // Clocks changed at midnight, the beginning of a Friday, in Cairo.
    const now = at('Africa/Cairo', '2026-04-24T07:00:00')
    expect(quietHour(now)).toEqual({ quiet: false, at: new Date('2026-04-24T20:00:00') })
  })

  it('comes to a quiet hour by the shortest way, and leaves the date it was given alone', () => {
    process.env['TZ'] = 'Europe/Berlin'
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (now) => {
          const given = now.getTime()
          const { quiet, at: next } = quietHour(now)
          expect(now.getTime()).toBe(given)
          expect(quietHour(next).quiet).toBe(true)
          expect(next.getTime() - given).toBeGreaterThanOrEqual(0)
          expect(next.getTime() === given).toBe(quiet)
          if (!quiet) expect(quietHour(new Date(next.getTime() - 1)).quiet).toBe(false)
        },
      ),
    )
  })
})
