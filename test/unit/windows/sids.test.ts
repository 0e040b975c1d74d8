import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { applicationPoolSid, sidName } from '../../../electron/windows/sids.ts'

it('the SID of the default pool is the one that every IIS shows', () => {
  const known = 'S-1-5-82-3006700770-424185619-1745488364-794895919-4004696415'
  expect(applicationPoolSid('defaultapppool')).toBe(known)
  expect(applicationPoolSid('DefaultAppPool')).toBe(known)
})

it('is the same for a name in any case, and another for any other name', () => {
  const name = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,62}$/)
  fc.assert(
    fc.property(name, name, (one, other) => {
      expect(applicationPoolSid(one.toUpperCase())).toBe(applicationPoolSid(one))
      expect(applicationPoolSid(one)).toMatch(/^S-1-5-82(-\d{1,10}){5}$/)
      if (one.toLowerCase() !== other.toLowerCase())
        expect(applicationPoolSid(one)).not.toBe(applicationPoolSid(other))
    }),
  )
})

it('well-known accounts have an English name, others their SID', () => {
  expect(sidName('S-1-5-32-544')).toBe('Administrators')
  expect(sidName('S-1-5-21-1-2-3-4')).toBe('S-1-5-21-1-2-3-4')
})
