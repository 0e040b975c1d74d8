import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { providers } from '../../../electron/contract/database.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import { inspectConnectionString } from '../../../electron/checks/inspect/inspect-connection-string.ts'
import { parseConnectionString, withParts } from '../../../electron/database/connection/connection-string.ts'
import { printValue, readKeywordValues } from '../../../electron/database/connection/keyword-values.ts'
import { maskedText, unmasked } from '../../../electron/database/connection/mask.ts'
import { notesOn } from '../../../electron/database/connection/notes.ts'
import { problemsIn } from '../../../electron/database/connection/problems.ts'
import { serviceForm } from '../../../electron/database/connection/service-form.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { connectionFixtures } from './connection-fixtures.ts'

/** A password that stands nowhere else, with letters that need quotes. */
const password = fc
  .array(fc.constantFrom(...`;='"{}[] a1Ж😀`), { maxLength: 12 })
  .map((letters) => `qZ7${letters.join('')}x9Q`)
const provider = fc.constantFrom(...providers)
const secretKeyword = fc.constantFrom(
  'Password',
  'PWD',
  'password',
  'Pwd',
  'SSL Password',
  'Pass',
  'PassWord',
)
const others = fc
  .array(
    fc.constantFrom(
      'Host=db',
      'Server=srv',
      'Data Source=srv,1433',
      'Database=d',
      'Initial Catalog=d',
      'User ID=u',
      'UserId=u',
      'Timeout=never',
      'Pooling=perhaps',
      'Async=true',
      'Port=x',
      'Unheard of=1',
      'SSL Mode=Require',
      'Encrypt=maybe',
      'Max Pool Size=0',
      'Integrated Security=SSPI',
    ),
    { maxLength: 6 },
  )
  .map((pairs) => pairs.map((pair) => `${pair};`).join(''))

const connection = fc
  .record({ before: others, keyword: secretKeyword, password, after: others })
  .map((parts) => ({
    ...parts,
    text: `${parts.before}${parts.keyword}=${printValue(parts.password)};${parts.after}`,
  }))

describe('secrets of a connection string', () => {
  it('stand in no note, no problem and no masked text', async () => {
    await fc.assert(
      fc.asyncProperty(connection, provider, async ({ text, password: secret }, chosen) => {
        const said = JSON.stringify([
          notesOn(new Secret(text), chosen),
          problemsIn(parseConnectionString(text, chosen)),
          serviceForm(new Secret(text), chosen).notes,
          maskedText(new Secret(text)),
          await inspectConnectionString(new Secret(text), { provider: chosen }),
        ])
        expect(said).not.toContain(JSON.stringify(secret).slice(1, -1))
        expect(said).not.toContain('qZ7')
      }),
      { numRuns: 300 },
    )
  })

  it('stand in no error about a text that cannot be read', () => {
    fc.assert(
      fc.property(password, fc.constantFrom('"', "'"), provider, (secret, quote, chosen) => {
        const text = `Host=h;Password=${quote}${secret.replaceAll(quote, '')}`
        expect(JSON.stringify(notesOn(new Secret(text), chosen))).not.toContain('qZ7')
        try {
          unmasked(text, new Secret('Password=a'))
          expect.unreachable('A quote that is never closed cannot be read.')
        } catch (error) {
          expect(JSON.stringify(problemOf(error))).not.toContain('qZ7')
        }
      }),
    )
  })

  it('come back where the masked text is not edited', () => {
    fc.assert(
      fc.property(connection, ({ text }) => {
        const back = unmasked(maskedText(new Secret(text)), new Secret(text)).open()
        expect(values(back)).toEqual(values(text))
      }),
    )
  })

  it('follow their keyword when the text around it is edited', () => {
    fc.assert(
      fc.property(connection, password, ({ text, keyword, password: secret }, more) => {
        const masked = maskedText(new Secret(text))
        const edited = `Application Name=${printValue(more)};${masked}Enlist=true`
        const back = values(unmasked(edited, new Secret(text)).open())
        expect(back.filter(([name]) => name === keyword).map(([, value]) => value)).toEqual([secret])
      }),
    )
  })

  it('follow another spelling of their keyword', () => {
    const known = new Secret('Host=h;Password=one;SSL Password=two')
    expect(unmasked('Server=h;PWD=[hidden];SslPassword=[hidden]', known).open()).toBe(
      'Server=h;PWD=one;SslPassword=two',
    )
    expect(unmasked('Server=h;Password="[hidden]"', new Secret('pwd="a;b"')).open()).toBe(
      'Server=h;Password="a;b"',
    )
  })

  it.each(['Password=[hidden]', 'SSL Password=[hidden]'])(
    'are asked for where there is none: %s',
    (typed) => {
      expect(() => unmasked(`Host=h;${typed}`, new Secret('Host=h;Password='))).toThrow(
        expect.objectContaining({
          problem: expect.objectContaining({
            code: 'database.hidden-value',
            next: expect.stringMatching(/^Enter the value of “/),
          }),
        }),
      )
    },
  )

  it('that are typed anew are taken as they are', () => {
    expect(unmasked('Host=h;Password=new', new Secret('Host=h;Password=old')).open()).toBe(
      'Host=h;Password=new',
    )
    // Only what is secret by its keyword can be hidden.
    expect(unmasked('Host=[hidden]', new Secret('Host=h')).open()).toBe('Host=[hidden]')
  })
})

describe('the form for the service', () => {
  it('leaves every pair that it says nothing about, byte for byte', () => {
    fc.assert(
      fc.property(fc.constantFrom(...connectionFixtures), provider, ({ text }, chosen) => {
        const { connectionString, notes } = serviceForm(new Secret(text), chosen)
        const written = connectionString.open()
        const touched = new Set(notes.map(({ keyword }) => keyword))
        const moved = chosen === 'MsSqlServer' && /port/i.test([...touched].join())
        for (const pair of readKeywordValues(text)) {
          if (touched.has(pair.keyword) || moved) continue
          expect(written).toContain(text.slice(pair.start, pair.valueEnd))
        }
        if (notes.length === 0) expect(written).toBe(text)
      }),
      { numRuns: 400 },
    )
  })

  it('of its own form is itself', () => {
    fc.assert(
      fc.property(connection, provider, ({ text }, chosen) => {
        const once = serviceForm(new Secret(text), chosen).connectionString
        const twice = serviceForm(once, chosen)
        expect(twice.connectionString.open()).toBe(once.open())
        expect(twice.notes).toEqual([])
      }),
    )
  })

  it('changes the parts that are named, and says nothing about that', () => {
    const given = new Secret('Server=tcp:srv\\i,1444;Database=d;User ID=u;Password=p')
    const { connectionString, notes } = serviceForm(given, 'MsSqlServer', {
      changes: { server: 'host.docker.internal' },
    })
    expect(connectionString.open()).toBe(
      'Server=tcp:host.docker.internal,1444;Database=d;User ID=u;Password=p',
    )
    expect(notes).toEqual([])
  })

  it('follows the version of the driver', () => {
    const text = new Secret('Server=s;Database=d;UID=u;PWD=p;Trust Server Certificate=True;Encrypt=Mandatory')
    const form = (drivers?: Parameters<typeof serviceForm>[2]) =>
      serviceForm(text, 'MsSqlServer', drivers).connectionString.open()
    expect(form()).toBe(text.open())
    expect(form({ drivers: { sqlClient: { package: 'System.Data.SqlClient', version: '4.8.6' } } })).toBe(
      'Server=s;Database=d;UID=u;PWD=p;TrustServerCertificate=True;Encrypt=True',
    )
  })
})

describe('editing a part', () => {
  it('leaves every other pair, byte for byte', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...connectionFixtures.filter(({ verdict }) => verdict !== 'refused')),
        password,
        ({ text, provider: whose, expect: { user } }, database) => {
          const chosen = whose === 'MsSqlServer' ? whose : 'PostgreSQL'
          const edited = withParts(new Secret(text), { database }, chosen).open()
          expect(parseConnectionString(edited, chosen)).toMatchObject({ database, user })
          const rest = (whole: string) =>
            values(whole).filter(([name]) => !/^(database|initial catalog|db|dbname)$/i.test(name ?? ''))
          expect(rest(edited)).toEqual(rest(text))
        },
      ),
      { numRuns: 300 },
    )
  })
})

function values(text: string): string[][] {
  return readKeywordValues(text).map(({ keyword, value }) => [keyword, value])
}
