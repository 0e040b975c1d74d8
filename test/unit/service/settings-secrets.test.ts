import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { patchSettings } from '../../../electron/service/settings-patch.ts'
import { secretsInSettings } from '../../../electron/service/settings-secrets.ts'
import { sampleSettings } from './settings-samples.ts'

const secretsIn = (text: string) => secretsInSettings(Buffer.from(text)).map((secret) => secret.open())
const redacted = (text: string) => {
  const redactor = new Redactor()
  redactor.register(...secretsInSettings(Buffer.from(text)))
  return redactor.redact(text)
}

describe('secrets in appsettings.json', () => {
  it('are all found in the full sample', async () => {
    expect(secretsIn(await sampleSettings())).toEqual([
      'Tiger!Lily#1',
      'Meadow$42',
      'Orchid%2177',
      'Orchid!77',
      'Fern-Leaf-9',
      'Sh1pped-In-Every-Copy-Of-A-Build',
      'goog-Clover-1',
      'face-Heather-2',
      'Poppy-Field-3',
      'YnVzLXVzZXI6VGhpc3RsZS00',
      'Daisy-Chain-5',
      'YWNjOkNyb2N1cy02',
    ])
  })

  it('are hidden where the file is shown, and the rest stays readable', async () => {
    const shown = redacted(await sampleSettings())
    for (const word of ['Lily', 'Meadow', 'Orchid', 'Fern', 'Sh1pped', 'Clover', 'Heather', 'Poppy', 'Daisy'])
      expect(shown).not.toContain(word)
    for (const word of ['db01.example.test', 'bpmonline-designer', 'ResetPasswordPageUrl', '57600', 'ids;'])
      expect(shown).toContain(word)
  })

  it.each([
    ['quoted', String.raw`{"C": "Host=h;Password=\"a;b\"\"c\";X=1"}`, ['"a;b""c"', 'a;b"c']],
    ['short', '{"C": "Host=h;Password=ab;X=1", "GoogleClientSecret": "xy"}', [';Password=ab', '"xy"']],
    ['in colon form', '{"kestrel:certificates:default:password": "12345678"}', ['12345678']],
    ['no secret', '{"RequireClientSecret": "true", "ResetPasswordPageUrl": "https://x", "Password": ""}', []],
    [
      'objects',
      '{"Clients": [{"ClientSecrets": [{"Type": "SharedSecret", "Value": "hash-of-it"}]}]}',
      ['hash-of-it'],
    ],
    ['unreadable', '{"Clients": "[{oops"}', ['[{oops']],
  ])('%s', (_, text, wanted) => expect(secretsIn(text)).toEqual(wanted))

  it('never show a generated secret, whatever characters it holds', async () => {
    const sample = await sampleSettings()
    const secret = fc
      .string({ unit: 'grapheme-ascii', minLength: 8, maxLength: 40 })
      .filter((text) => !/[;"'=\s]/.test(text))
    fc.assert(
      fc.property(secret, secret, (password, clientSecret) => {
        const text = Buffer.from(
          patchSettings(Buffer.from(sample), {
            connectionString: new Secret(`Host=h;Password=${password};Database=d`),
            client: { id: 'a', name: 'b', secret: new Secret(clientSecret) },
          }),
        ).toString()
        const inFile = JSON.stringify(password).slice(1, -1)
        expect(redacted(text)).not.toContain(`Password=${inFile}`)
        const twice = JSON.stringify(JSON.stringify(clientSecret).slice(1, -1)).slice(1, -1)
        expect(redacted(text)).not.toContain(`\\"${twice}\\"`)
      }),
      { numRuns: 40 },
    )
  })
})
