import { describe, expect, it } from 'vitest'
import { generatePassword } from '../../../electron/certificate/generate-password.ts'
import { passwordStrength, refuseWeakPassword } from '../../../electron/certificate/password-strength.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const strengthOf = (password: string) => passwordStrength(new Secret(password))

describe('a password for a private key', () => {
  it.each([
    'Kettle-Harbour-71_violin',
    'aB3-fG7_kL9.',
    'Tëe-Hafen-71_Möwe🔑',
    'correct Horse 7 battery, staple',
  ])('may be %s', async (password) => {
    expect(await strengthOf(password)).toMatchObject({ score: 4, acceptable: true, wanted: [] })
    await expect(refuseWeakPassword(new Secret(password))).resolves.toBeUndefined()
  })

  it.each([
    ['', ['Use at least 12 characters.']],
    ['aB3-fG7_kL9', ['Use at least 12 characters.']],
    ['kettle-harbour-71_violin', ['Add an uppercase Latin letter.']],
    ['KETTLE-HARBOUR-71_VIOLIN', ['Add a lowercase Latin letter.']],
    ['ÜÄÖ-harbour-71_violin', ['Add an uppercase Latin letter.']],
    ['Kettle-Harbour-violin', ['Add a digit.']],
    ['KettleHarbour71violin', ['Add a special character, such as - or _.']],
    ['Kettle Harbour 71 violin', ['Add a special character, such as - or _.']],
    ['Kettle-Harbour-71_violin\n', ['Leave out line breaks and control characters.']],
    ['Kettle-Harbour-71_violin\ud800', ['Leave out line breaks and control characters.']],
    [`Kettle-Harbour-71_violin${'xQ'.repeat(60)}`, ['Use at most 128 characters.']],
    ['Password123!', ['Avoid common words and easily guessable patterns.']],
    ['P@ssw0rd1234!', ['Avoid common words and easily guessable patterns.']],
    ['Qwertyuiop1!', ['Avoid common words and easily guessable patterns.']],
    ['Creatio2026!!', ['Avoid common words and easily guessable patterns.']],
    ['YourSecurePassword1!', ['Avoid common words and easily guessable patterns.']],
    ['IdentityService1!', ['Avoid common words and easily guessable patterns.']],
    ['Aa1!Aa1!Aa1!Aa1!', ['Avoid common words and easily guessable patterns.']],
  ])('is not %j', async (password, wanted) => {
    const strength = await strengthOf(password)
    expect(strength.acceptable).toBe(false)
    expect(strength.wanted).toEqual(expect.arrayContaining(wanted))
  })

  it('is refused in words that do not give it away', async () => {
    const refusal = await refuseWeakPassword(new Secret('Creatio2026!!')).then(
      () => undefined,
      (error) => error,
    )
    expect(refusal.problem).toMatchObject({
      code: 'certificate.weak-password',
      cause: expect.stringMatching(/^For somebody who has the file, guessing the password takes \d+ hours\./),
      next: 'Avoid common words and easily guessable patterns.',
    })
    expect(JSON.stringify(refusal.problem) + String(refusal.stack)).not.toContain('Creatio2026')
  })

  it('may be long without being long to judge', async () => {
    const strength = await strengthOf('aA1!@4$5(|i'.repeat(2000))
    expect(strength.wanted).toContain('Use at most 128 characters.')
  })
})

describe('a generated password', () => {
  it('is always accepted', { timeout: 60_000 }, async () => {
    for (let time = 0; time < 60; time++) {
      const password = generatePassword(realRandom, time % 2 === 0 ? 16 : 24)
      expect(await passwordStrength(password)).toMatchObject({ acceptable: true, wanted: [] })
    }
  })

  it('has the length asked for and nothing that looks like something else', () => {
    for (let time = 0; time < 500; time++) {
      const password = generatePassword(realRandom).open()
      expect(password).toMatch(/^[A-HJ-NP-Za-kmnp-z2-9][A-HJ-NP-Za-kmnp-z2-9._-]{22}[A-HJ-NP-Za-kmnp-z2-9]$/)
      expect(password).not.toMatch(/[-_.]{2}/)
    }
    expect(generatePassword(realRandom, 40).open()).toHaveLength(40)
  })

  it('favours no character', () => {
    const seen = new Map<string, number>()
    for (let time = 0; time < 4000; time++)
      for (const character of generatePassword(realRandom).open().slice(0, 1))
        seen.set(character, (seen.get(character) ?? 0) + 1)
    // 56 letters and digits, 71 expected of each; six standard deviations away would be an accident of 1 in 10^8.
    expect(seen.size).toBe(56)
    for (const [character, count] of seen) expect(Math.abs(count - 4000 / 56), character).toBeLessThan(60)
  })

  it('is not made shorter than is safe', () => {
    expect(() => generatePassword(realRandom, 15)).toThrow(RangeError)
  })

  it('does not go on for ever with numbers that are none', () => {
    expect(() => generatePassword({ ...realRandom, below: () => 0 })).toThrow(/random/)
  })
})
