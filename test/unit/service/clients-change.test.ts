import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Secret } from '../../../electron/secrets/secret.ts'
import type { ClientChange } from '../../../electron/service/clients-change.ts'
import { readClients } from '../../../electron/service/clients.ts'
import { patchSettings } from '../../../electron/service/settings-patch.ts'

const OTHER = '{"ClientId":"other","Secrets":["theirs"],"AllowedScopes":["x"],"Own":{"a":1}}'
const OWN =
  '{"ClientId":"old","ClientName":"Creatio","Secrets":["s1"],"AllowedGrantTypes":["implicit","client_credentials"],"Properties":{"AllowedQueryParameters":"[\\"invitationHash\\"]"},"AllowedScopes":["one","two"],"Unknown":7}'

function settings(entries: readonly string[], shape: 'string' | 'list' = 'string'): string {
  const list = `[${entries.join(',')}]`
  const value = shape === 'string' ? JSON.stringify(list) : list
  return `\uFEFF{\r\n  // stays\r\n  "A": "1",\r\n  "Clients": ${value},\r\n  "Z": [1, 2]\r\n}\r\n`
}

const change = (text: string, wanted: Omit<ClientChange, 'formerId'>, formerId = 'old') =>
  Buffer.from(patchSettings(Buffer.from(text), { clientChange: { formerId, ...wanted } })).toString()
const clients = (text: string) =>
  readClients(Buffer.from(text)).map(({ secrets, ...rest }) => ({
    ...rest,
    secrets: secrets.map((secret) => secret.open()),
  }))

describe.each(['string', 'list'] as const)('a client in a %s', (shape) => {
  it('is changed where it stands; other clients, unknown fields and every other byte stay', () => {
    const before = settings([OTHER, OWN], shape)
    const after = change(before, {
      id: 'new',
      name: 'Größe "1" \\',
      secret: new Secret('s"2\\'),
      scopes: ['two', 'three'],
      grantTypes: ['client_credentials'],
    })
    const wanted = OWN.replace('"old"', '"new"')
      .replace('"Creatio"', () => JSON.stringify('Größe "1" \\'))
      .replace('"s1"', () => JSON.stringify('s"2\\'))
      .replace('["implicit","client_credentials"]', '["client_credentials"]')
      .replace('["one","two"]', '["two","three"]')
    expect(after).toBe(settings([OTHER, wanted], shape))
  })

  it('keeps what is left out, and is the same when changed twice', () => {
    const before = settings([OWN, OTHER], shape)
    const once = change(before, { id: 'new' })
    expect(once).toBe(before.replace('old', 'new'))
    expect(change(once, { id: 'new' })).toBe(once)
    expect(change(before, { id: 'old' })).toBe(before)
  })
})

describe('a client in settings', () => {
  it('loses every other secret, under both names in use', () => {
    const entry = '{"ClientId":"old","Secrets":["a","b"],"ClientSecrets":[{"Value":"c"}]}'
    const [client] = clients(change(settings([entry]), { id: 'old', secret: new Secret('new') }))
    expect(client!.secrets).toEqual(['new', 'new'])
    const only = '{"ClientId":"old","ClientSecrets":[{"Value":"c","Type":"SharedSecret"}]}'
    const text = change(settings([only]), { id: 'old', secret: new Secret('new') })
    expect(text).toBe(settings([only.replace('"c"', '"new"')]))
    expect(clients(change(settings(['{"ClientId":"old"}']), { id: 'old', secret: new Secret('new') }))).toMatchObject([{ secrets: ['new'] }]) // prettier-ignore
  })

  it('does not stay under its former ID, however often it stands there', () => {
    const after = change(settings([OWN, OTHER, OWN]), { id: 'new' })
    expect(clients(after).map(({ id }) => id)).toEqual(['new', 'other', 'new'])
  })

  it('a list that is only longer is added to, and one in another order stays', () => {
    const spread = OWN.replace('["one","two"]', '[ "two",  "one" ]')
    const text = change(settings([spread]), { id: 'old', scopes: ['one', 'two', 'three'] })
    expect(text).toContain('[ \\"two\\",  \\"one\\",  \\"three\\" ]')
    expect(change(settings([spread]), { id: 'old', scopes: ['one', 'two'] })).toBe(settings([spread]))
  })

  it('that is not there, or half a character, is refused', () => {
    expect(() => change(settings([OTHER]), { id: 'new' })).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'settings.no-such-client' }) }),
    )
    expect(() => change('{}', { id: 'new' })).toThrow('The settings hold no client old.')
    expect(() => change(settings([OWN]), { id: 'a\ud800' })).toThrow('half a character')
  })

  it('becomes what was wanted, whatever that is, and nothing else changes', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 })
    const list = fc.uniqueArray(text, { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(text, text, text, list, list, (id, name, secret, scopes, grantTypes) => {
        const before = settings([OTHER, OWN])
        const wanted = { id, name, secret: new Secret(secret), scopes, grantTypes }
        const after = change(before, wanted)
        const [other, own] = clients(after)
        expect(other).toEqual(clients(before)[0])
        expect(own).toMatchObject({ id, name, secrets: [secret] })
        expect(own!.scopes.toSorted()).toEqual(scopes.toSorted())
        expect(own!.grantTypes.toSorted()).toEqual(grantTypes.toSorted())
        expect(change(after, wanted, id)).toBe(after)
      }),
      { numRuns: 100 },
    )
  })
})
