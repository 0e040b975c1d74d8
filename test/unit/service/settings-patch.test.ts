import fc from 'fast-check'
import { parse } from 'jsonc-parser'
import { beforeAll, describe, expect, it } from 'vitest'
import { patchSettings, type SettingsEdits } from '../../../electron/service/settings-patch.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { ENCODINGS, sampleSettings } from './settings-samples.ts'

let sample: string
beforeAll(async () => void (sample = await sampleSettings()))

const patch = (text: string, edits: SettingsEdits) =>
  Buffer.from(patchSettings(Buffer.from(text), edits)).toString()
const connection = new Secret('Host=pg;Username=ids;Password="a\\b;c"')

describe('patching appsettings.json', () => {
  it('changes the asked lines and no other', () => {
    const patched = patch(sample, {
      dbProvider: 'Postgres',
      connectionString: connection,
      x509CertificatePath: '/app/openssl.pfx',
      logLevel: 'Debug',
    })
    const before = sample.split('\n')
    const after = patched.split('\n')
    const changed = after.filter((line) => !before.includes(line))
    expect(changed).toEqual([
      '      "Default": "Debug" // raise while testing only',
      '  "DbProvider": "Postgres",',
      String.raw`  "PostgresConnection": "Host=pg;Username=ids;Password=\"a\\b;c\"",`,
      '  "X509CertificatePath": "/app/openssl.pfx",',
      String.raw`  "DatabaseConnectionString": "Host=pg;Username=ids;Password=\"a\\b;c\"",`,
    ])
    expect(after.length).toBe(before.length + 1)
    expect(before.filter((line) => !after.includes(line))).toHaveLength(4)
  })

  it.each(Object.keys(ENCODINGS))('writes %s back as it was', (name) => {
    const encode = ENCODINGS[name]!
    const text = sample.replaceAll('\n', '\r\n').replace('Designer of', 'Designer Ünïcode 🦉 of')
    const patched = patchSettings(encode(text), {
      dbProvider: 'Postgres',
      logLevel: 'Debug',
      redisConnection: 'é',
    })
    const wanted = text
      .replace('"MsSqlServer"', '"Postgres"')
      .replace('"Default": "Warning"', '"Default": "Debug"')
      .replace('"redis.example.test:6379,password=Fern-Leaf-9,ssl=false"', '"é"')
    expect(Buffer.from(patched).equals(Buffer.from(encode(wanted)))).toBe(true)
  })

  it('returns the same bytes when nothing has to change', () => {
    const bytes = Buffer.from(sample)
    expect(patchSettings(bytes, { dbProvider: 'MsSqlServer', logLevel: 'Warning' })).toBe(bytes)
  })

  it('finds keys in another case and in colon form', () => {
    const text = '{\n\t"dbprovider": "x",\n\t"logging:LOGLEVEL:default": "Information"\n}'
    expect(patch(text, { dbProvider: 'Postgres', logLevel: 'Debug' })).toBe(
      '{\n\t"dbprovider": "Postgres",\n\t"logging:LOGLEVEL:default": "Debug"\n}',
    )
  })

  it('keeps the JSON type it finds', () => {
    const text = '{"A": true, "B": "True", "C": 5, "D": "5", "E": null}'
    const set = (value: boolean | number | string) =>
      ['A', 'B', 'C', 'D', 'E'].map((path) => ({ path, value }))
    expect(patch(text, { set: set(false) })).toBe(
      '{"A": false, "B": "false", "C": false, "D": "false", "E": false}',
    )
    expect(patch(text, { set: set('true') })).toBe(
      '{"A": true, "B": "true", "C": "true", "D": "true", "E": "true"}',
    )
    expect(patch(text, { set: set(7) })).toBe('{"A": 7, "B": "7", "C": 7, "D": "7", "E": 7}')
    expect(patch('{"B": "True"}', { set: [{ path: 'b', value: true }] })).toBe('{"B": "True"}')
  })

  it.each([
    ['an empty object', '{}', '{"A": "x"}'],
    ['one line', '{"B":1,"C":2}', '{"B":1,"C":2,"A":"x"}'],
    ['one line with blanks', '{ "B": 1, "C": 2 }', '{ "B": 1, "C": 2, "A": "x" }'],
    ['a comment behind the last value', '{\n  "B": 1 // why\n}', '{\n  "B": 1, // why\n  "A": "x"\n}'],
    ['a trailing comma and comment', '{\n  "B": 1, /* why */\n}', '{\n  "B": 1, /* why */\n  "A": "x",\n}'],
    ['a comma on its own line', '{\n  "B": 1\n  ,\n}', '{\n  "B": 1\n  ,\n  "A": "x",\n}'],
    ['only comments', '{\r\n    // none\r\n}', '{\r\n    // none\r\n  "A": "x"\r\n}'],
    [
      'an empty line before',
      '{\n    "B": 1,\n\n    "C": 1\n}',
      '{\n    "B": 1,\n\n    "C": 1,\n    "A": "x"\n}',
    ],
  ])('adds a missing key to %s', (_, text, wanted) => {
    expect(patch(text, { set: [{ path: 'A', value: 'x' }] })).toBe(wanted)
  })

  it.each([
    [
      'nothing',
      '{\n  "B": 1\n}',
      '{\n  "B": 1,\n  "Logging": {\n    "LogLevel": {\n      "Default": "Debug"\n    }\n  }\n}',
    ],
    [
      'an empty section',
      '{\n  "Logging": {}\n}',
      '{\n  "Logging": {\n    "LogLevel": {\n      "Default": "Debug"\n    }\n  }\n}',
    ],
    [
      'a neighbour',
      '{\n  "Logging": {\n    "LogLevel": {\n      "Microsoft": "Error"\n    }\n  }\n}',
      '{\n  "Logging": {\n    "LogLevel": {\n      "Microsoft": "Error",\n      "Default": "Debug"\n    }\n  }\n}',
    ],
    [
      'null in its way',
      '{\n  "Logging": null\n}',
      '{\n  "Logging": null,\n  "Logging:LogLevel:Default": "Debug"\n}',
    ],
  ])('adds a nested key where there is %s', (_, text, wanted) => {
    expect(patch(text, { logLevel: 'Debug' })).toBe(wanted)
  })

  it('writes the older key of the provider only where it stands or is asked for', () => {
    const bare = '{"DbProvider": "Postgres", "MsSqlConnection": "m"}'
    expect(parse(patch(bare, { connectionString: connection }))).toEqual({
      DbProvider: 'Postgres',
      MsSqlConnection: 'm',
      DatabaseConnectionString: connection.open(),
    })
    expect(parse(patch(bare, { connectionString: connection, alsoProviderKey: true }))).toMatchObject({
      MsSqlConnection: 'm',
      PostgresConnection: connection.open(),
    })
  })

  it('patched twice is patched once, and reads back what was asked, for any text', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(text, text, text, (one, two, three) => {
        const edits: SettingsEdits = {
          connectionString: new Secret(one),
          alsoProviderKey: true,
          x509CertificatePath: two,
          set: [{ path: 'New:Key', value: three }],
        }
        const once = patch(sample, edits)
        expect(patch(once, edits)).toBe(once)
        expect(parse(once)).toMatchObject({
          DatabaseConnectionString: one,
          MsSqlConnection: one,
          X509CertificatePath: two,
          New: { Key: three },
        })
      }),
      { numRuns: 50 },
    )
  })

  it('refuses half a character', () => {
    expect(() => patch('{}', { set: [{ path: 'A', value: '\ud800' }] })).toThrow('half a character')
  })

  it('refuses to put a value where a section stands', () => {
    expect(() => patch('{\n "DbProvider": {"x": 1}}', { dbProvider: 'Postgres' })).toThrow(
      'group of settings',
    )
  })
})
