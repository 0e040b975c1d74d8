import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSid, parseDacl } from '../../../electron/windows/sddl.ts'

const parsed = (text: string) => parseDacl(text).entries

describe('an access list', () => {
  it('of a folder as icacls saves it', () => {
    const sddl = 'D:PAI(A;OICI;FA;;;SY)(A;OICIID;0x1301bf;;;S-1-5-82-1-2-3-4-5)(D;;FW;;;IS)'
    expect(parseDacl(sddl)).toEqual({
      protected: true,
      entries: [
        {
          type: 'allow',
          inherited: false,
          flags: ['OI', 'CI'],
          rights: 'FA',
          mask: 0x1f01ff,
          sid: 'S-1-5-18',
        },
        {
          type: 'allow',
          inherited: true,
          flags: ['OI', 'CI', 'ID'],
          rights: '0x1301bf',
          mask: 0x1301bf,
          sid: 'S-1-5-82-1-2-3-4-5',
        },
        { type: 'deny', inherited: false, flags: [], rights: 'FW', mask: 0x120116, sid: 'S-1-5-32-568' },
      ],
    })
  })

  it.each([
    ['D:', false],
    ['D:AI', false],
    ['D:P', true],
    ['D:PARAI', true],
    ['D:ARAIP', true],
  ])('%s may be empty', (text, isProtected) => {
    expect(parseDacl(text)).toEqual({ protected: isProtected, entries: [] })
  })

  it('stands between owner, group and audit', () => {
    const text = 'O:BAG:S-1-5-21-1-2-3-513D:(A;;FR;;;BU)S:AI(AU;SAFA;FA;;;WD)(ML;;NW;;;LW)'
    expect(parsed(text)).toMatchObject([{ sid: 'S-1-5-32-545', mask: 0x120089 }])
  })

  it('that is not there lets everyone do everything', () => {
    expect(parsed('D:NO_ACCESS_CONTROL')).toMatchObject([{ type: 'allow', sid: 'S-1-1-0', mask: 0x1f01ff }])
  })

  it.each([
    ['GA', 0x1f01ff],
    ['0x10000000', 0x1f01ff],
    ['GRGX', 0x1200a9],
    ['0xa0000000', 0x1200a9],
    ['0x80000000', 0x120089],
    ['FRFX', 0x1200a9],
    ['FRFWFXSD', 0x1301bf],
    ['1245631', 1245631],
    ['CCDCLCSWRPWPDTLOCRRCSDWDWO', 0xf01ff],
    ['', 0],
  ])('has rights in letters and numbers: %s', (rights, mask) => {
    expect(parsed(`D:(A;;${rights};;;SY)`)[0]?.mask).toBe(mask)
  })

  it('may have conditions with brackets, and entries for objects, which are neither allow nor deny', () => {
    const text = String.raw`D:(XA;;FX;;;WD;(@User.Project Any_of {"a)(D:", "S:"} && (Member_of {SID(BA)})))(OA;;CR;ab-cd;;BU)(A;;FR;;;SY)`
    expect(parsed(text).map(({ type, sid }) => [type, sid])).toEqual([
      ['other', 'S-1-1-0'],
      ['other', 'S-1-5-32-545'],
      ['allow', 'S-1-5-18'],
    ])
  })

  it('names accounts of a list that it leaves open', () => {
    const [entry] = parsed('D:(A;;FA;;;LA)')
    expect(isSid(entry!.sid, 'S-1-5-21-10-20-30-500')).toBe(true)
    expect(isSid(entry!.sid, 'S-1-5-21-10-20-30-1500')).toBe(false)
    expect(isSid(entry!.sid, 'S-1-5-32-544')).toBe(false)
    expect(isSid('S-1-5-18', 'S-1-5-18')).toBe(true)
    expect(isSid('S-1-5-1', 'S-1-5-18')).toBe(false)
  })

  it.each([
    '',
    'O:BAG:BA',
    'D:(A;;FA;;;SY',
    'D:A;;FA;;;SY)',
    'D:(A;;FA;;;SY)x',
    'D:(A;;FA;;;ZZ)',
    'D:(A;;ZZ;;;SY)',
    'D:(A;;F;;;SY)',
    'D:(A;OIC;FA;;;SY)',
    'D:(A;;0x1ffffffff;;;SY)',
    'D:(A;;FA;;)',
    'D:X',
    'D:(A;;FA;;;SY)D:',
    'garbage',
  ])('that it does not know in full is an error: %s', (text) => {
    expect(() => parseDacl(text)).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'windows.sddl' }) }),
    )
  })
})

const sid = fc
  .array(fc.nat(0xffffffff), { minLength: 1, maxLength: 6 })
  .map((numbers) => `S-1-5-${numbers.join('-')}`)
const flags = fc.subarray(['OI', 'CI', 'NP', 'IO', 'ID'])
const mask = fc.nat(0x1f01ff)
const line = fc.record({ type: fc.constantFrom('A', 'D'), flags, mask, sid })

it('every list that is written is read back, in its order', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.array(line), (isProtected, lines) => {
      const text = lines.map(
        (one) => `(${one.type};${one.flags.join('')};0x${one.mask.toString(16)};;;${one.sid})`,
      )
      const dacl = parseDacl(`D:${isProtected ? 'P' : ''}AI${text.join('')}`)
      expect(dacl.protected).toBe(isProtected)
      expect(dacl.entries).toEqual(
        lines.map((one) => ({
          type: one.type === 'A' ? 'allow' : 'deny',
          inherited: one.flags.includes('ID'),
          flags: one.flags,
          rights: `0x${one.mask.toString(16)}`,
          mask: one.mask,
          sid: one.sid,
        })),
      )
    }),
  )
})

it('a list that breaks off is never taken for a shorter one', () => {
  const whole = 'D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(D;;FW;;;WD)'
  const ends = [...whole.matchAll(/\)/g)].map((match) => match.index + 1)
  fc.assert(
    fc.property(fc.integer({ min: 6, max: whole.length - 1 }), (length) => {
      fc.pre(!ends.includes(length))
      expect(() => parseDacl(whole.slice(0, length))).toThrow('access list')
    }),
  )
})

it('anything else is an error of its own kind', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseDacl(`D:${text}`)
      } catch (error) {
        expect(error).toMatchObject({ problem: { code: 'windows.sddl' } })
      }
    }),
  )
})
