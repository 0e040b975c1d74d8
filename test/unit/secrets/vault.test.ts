import { format, inspect } from 'node:util'
import { describe, expect, it } from 'vitest'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { HIDDEN, Secret } from '../../../electron/secrets/secret.ts'
import { Vault } from '../../../electron/secrets/vault.ts'

describe('a secret', () => {
  const secret = new Secret('s3cret-value')

  it('prints as hidden in every way there is', () => {
    const printed = [
      String(secret),
      `${secret}`,
      `a${secret as unknown as string}`,
      JSON.stringify({ secret }),
      inspect(secret),
      inspect({ deep: [secret] }, { showHidden: true, depth: 9 }),
      format('%s %o %j', secret, secret, secret),
      Object.keys(secret).join(),
      JSON.stringify(structuredClone({ ...secret })),
    ]
    expect(printed.join('\n')).not.toContain('s3cret')
    expect(printed[0]).toBe(HIDDEN)
  })

  it('opens only when asked to, and compares', () => {
    expect(secret.open()).toBe('s3cret-value')
    expect(secret.equals(new Secret('s3cret-value'))).toBe(true)
    expect(secret.equals(new Secret('s3cret-other'))).toBe(false)
  })
})

describe('the vault', () => {
  it('registers what is put in before anyone can use it', () => {
    const redactor = new Redactor()
    const vault = new Vault(redactor)
    const secret = vault.put('database', 'pa;ss"word')
    expect(redactor.redact('Password="pa;ss""word"; pa;ss"word')).not.toContain('word"')
    expect(vault.get('database')).toBe(secret)
    expect(vault.get('other')).toBeUndefined()
  })

  it('goes on hiding what it has replaced: it may stand in a log already', () => {
    const redactor = new Redactor()
    const vault = new Vault(redactor)
    vault.put('client', 'first-value')
    vault.put('client', 'second-value')
    expect(vault.get('client')?.open()).toBe('second-value')
    expect(redactor.redact('first-value second-value')).toBe(`${HIDDEN} ${HIDDEN}`)
  })
})
