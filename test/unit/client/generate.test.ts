import { createHash, randomInt } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkClientId, checkClientSecret } from '../../../electron/client/check.ts'
import { generateClientId, generateClientSecret } from '../../../electron/client/generate.ts'
import type { Random } from '../../../electron/machine/machine.ts'

/** Repeatable and without bias enough for properties: a hash of a seed and a counter. */
function seeded(seed: number): Random {
  let counter = 0
  const word = () => createHash('sha256').update(`${seed}/${counter++}`).digest()
  return {
    bytes: (length) => word().subarray(0, length),
    below: (below) => Number(word().readBigUInt64LE() % BigInt(below)),
  }
}

const values = fc.nat().map((seed) => ({
  id: generateClientId(seeded(seed)),
  secret: generateClientSecret(seeded(seed)).open(),
}))

describe('a generated client', () => {
  it('has an id of 16 and a secret of 32 characters that nobody objects to', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const id = generateClientId(seeded(seed))
        const secret = generateClientSecret(seeded(seed))
        expect(id).toHaveLength(16)
        expect(secret.open()).toHaveLength(32)
        expect(checkClientId(id)).toEqual({ verdict: 'ok' })
        expect(checkClientSecret(secret)).toEqual({ verdict: 'ok' })
      }),
    )
  })

  it('holds each kind of character, specials only between others', () => {
    fc.assert(
      fc.property(values, ({ id, secret }) => {
        for (const value of [id, secret]) {
          expect(value).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]$/)
          expect(value).not.toMatch(/[._-]{2}/)
          for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/, /[._-]/]) expect(value).toMatch(kind)
        }
      }),
    )
  })

  it('is spelled the same in every place it is written to', () => {
    fc.assert(
      fc.property(values, ({ secret }) => {
        expect(JSON.stringify(JSON.stringify(secret))).toContain(secret)
        expect(encodeURIComponent(secret)).toBe(secret)
        expect(new URLSearchParams({ secret }).toString()).toBe(`secret=${secret}`)
        expect(secret).not.toMatch(/[\s"'`\\$%!^&|<>(){}[\];=#*?~,@+:/]/)
      }),
    )
  })

  it('uses every character about equally often', () => {
    const counts = new Map<string, number>()
    const random: Random = { bytes: () => new Uint8Array(), below: (below) => randomInt(below) }
    for (let round = 0; round < 3000; round++)
      for (const character of generateClientSecret(random).open().slice(1, -1))
        counts.set(character, (counts.get(character) ?? 0) + 1)
    const letters = [...counts].filter(([character]) => /[A-Za-z]/.test(character)).map(([, count]) => count)
    expect(counts.size).toBe(65)
    expect(letters).toHaveLength(52)
    // Around 1380 each; six standard deviations are about 225.
    expect(Math.max(...letters) - Math.min(...letters)).toBeLessThan(450)
  })

  it('is refused by a source that always says the same', () => {
    expect(() => generateClientSecret({ bytes: () => new Uint8Array(), below: () => 0 })).toThrow('random')
  })
})
