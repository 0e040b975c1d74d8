import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { secretMatches } from '../../../electron/database/secret-matches.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const secret = new Secret('p@ssw0rd "ж" 😀')

describe('secretMatches', () => {
  it.each(['sha256', 'sha512'])('knows a secret by its %s', (algorithm) => {
    const hash = (text: string): string => createHash(algorithm).update(text, 'utf8').digest('base64')
    expect(secretMatches(secret, hash(secret.open()))).toBe(true)
    expect(secretMatches(secret, hash(`${secret.open()} `))).toBe(false)
  })

  it('agrees with a known value', () => {
    expect(secretMatches(new Secret('secret'), 'K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=')).toBe(true)
  })

  it.each(['', 'no hash', 'p@ssw0rd "ж" 😀'])('takes %j for no hash', (stored) => {
    expect(secretMatches(secret, stored)).toBe(false)
  })
})
