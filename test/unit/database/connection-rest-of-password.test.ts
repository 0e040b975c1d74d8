import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inspectConnectionString } from '../../../electron/checks/inspect/inspect-connection-string.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import {
  parseConnectionString,
  printConnectionString,
  printOptions,
} from '../../../electron/database/connection/connection-string.ts'
import { hiddenParts } from '../../../electron/database/connection/hidden-parts.ts'
import { maskedText, unmasked } from '../../../electron/database/connection/mask.ts'
import { notesOn } from '../../../electron/database/connection/notes.ts'
import { problemsIn } from '../../../electron/database/connection/problems.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

/** Everything that is said of a connection string, as text. */
async function everythingSaid(text: string): Promise<string> {
  const secret = new Secret(text)
  const said: unknown[] = [await inspectConnectionString(secret, { provider: 'PostgreSQL' })]
  for (const provider of ['PostgreSQL', 'MsSqlServer'] as const) {
    const attempts = [
      () => notesOn(secret, provider),
      () => problemsIn(parseConnectionString(secret, provider)),
      () => printOptions(parseConnectionString(secret, provider).options),
      () => maskedText(secret),
    ]
    for (const attempt of attempts)
      try {
        said.push(attempt())
      } catch (error) {
        said.push(problemOf(error))
      }
  }
  return JSON.stringify(said)
}

describe('a password with “;” that stands in no quotes', () => {
  it.each([
    'Host=h;Database=d;Username=u;Password=qZ7pa;qZ7ss=qZ7word',
    'Host=h;Database=d;Username=u;PWD=qZ7pa;qZ7ss=qZ7word;Timeout=5',
    'Password=qZ7pa;qZ7ss;Host=h;Database=d;Username=u',
    'Password=qZ7pa;qZ7a=qZ7b;qZ7c=qZ7d;Host=h;Database=d;Username=u',
    'Password=;qZ7a=qZ7b;Host=h;Database=d;Username=u',
    'Host=h;Password= qZ7pa ; qZ7 ss = qZ7word ;Database=d;Username=u',
    'Host=h;Database=d;Username=u;SSL Password=qZ7pa;qZ7ss=qZ7word;Password=x',
  ])('shows nothing of its rest, and says what to do: %s', async (text) => {
    expect(await everythingSaid(text)).not.toContain('qZ7')
    const [problem, ...more] = problemsIn(parseConnectionString(text, 'PostgreSQL'))
    expect(problem).toMatchObject({
      code: 'database.unquoted-password',
      next: expect.stringMatching(/quotes.*Password="…"/),
    })
    expect(more).toEqual([])
    expect(notesOn(new Secret(text), 'PostgreSQL')).toContainEqual(
      expect.objectContaining({ level: 'error', next: problem!.next }),
    )
  })

  it('is hidden as one value, and comes back as it was written', () => {
    const text = ' Host=h;Password=pa;ss=word ; x=y;Database=d;Username=u'
    expect(maskedText(new Secret(text))).toBe(' Host=h;Password=[hidden];Database=d;Username=u')
    expect(unmasked(maskedText(new Secret(text)), new Secret(text)).open()).toBe(
      ' Host=h;Password=pa;ss=word ; x=y;Database=d;Username=u',
    )
    const swallowed = 'Password=pa;ss;Host=h;Database=d'
    expect(maskedText(new Secret(swallowed))).toBe('Password=[hidden];Host=h;Database=d')
    expect(unmasked(maskedText(new Secret(swallowed)), new Secret(swallowed)).open()).toBe(swallowed)
  })

  it('is printed as it was read', () => {
    const parts = parseConnectionString('Host=h;Password=pa=1;ss=word;Database=d;Username=u', 'PostgreSQL')
    const again = parseConnectionString(printConnectionString(parts), 'PostgreSQL')
    expect(again.password?.open()).toBe('pa=1')
    expect(again.restOfPassword?.open()).toBe(';ss=word')
    expect(again).toEqual(parts)
  })

  it('is kept out of whatever leaves the program', () => {
    const redactor = new Redactor()
    redactor.register(...hiddenParts(new Secret('Host=h;Password=pa;my-secret-rest=canary-end;Database=d')))
    expect(redactor.redact('driver: unknown keyword my-secret-rest')).toBe('driver: unknown keyword [hidden]')
    expect(redactor.redact('canary-end')).toBe('[hidden]')
    expect(redactor.redact('Password=pa;my-secret-rest=canary-end')).not.toMatch(/my-|canary/)
  })

  it('is told from keywords that are known, mistyped or behind quotes', () => {
    for (const text of [
      'Password="pa";Foreign=1;Host=h',
      'Password=pa;Databse=d;Host=h',
      'Password=pa;Async=1;Host=h',
      'Password=pa;Statement Cache Size=300;Data Source=h',
      'Password=pa;Timeout=5;Foreign=1;Host=h',
    ])
      expect(parseConnectionString(text).restOfPassword, text).toBeUndefined()
  })

  it('hides what stands behind a password, whatever it is', async () => {
    const piece = fc.stringMatching(/^[a-z0-9!#$%&()*+,./:?@^_|~-]{0,6}$/).map((text) => `qZ7${text}x`)
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 2, maxLength: 5 }),
        fc.boolean(),
        async (pieces, last) => {
          const joined = pieces.map((each, at) => (at === 0 ? each : `${at % 2 === 1 ? ';' : '='}${each}`))
          const rest = last ? '' : ';Host=h;Database=d;Username=u'
          const text = `Password=${joined.join('')}${rest}`
          expect(await everythingSaid(text)).not.toContain('qZ7')
        },
      ),
    )
  })
})

describe('what is no connection string of .NET', () => {
  it.each([
    ['postgres://identity:qZ7secret@db:5432/identity', /a URL/],
    ['postgresql://identity:qZ7secret@db:5432/identity?sslmode=require', /a URL/],
    [' jdbc:postgresql://db/identity?user=identity&password=qZ7secret', /a URL/],
    ['jdbc:sqlserver://db:1433;databaseName=identity;user=identity;password=qZ7secret', /a URL/],
    ['mssql://identity:qZ7secret@db/identity?encrypt=true', /a URL/],
    ['<add name="db" connectionString="Host=h;Password=qZ7secret" />', /XML/],
    ['\ufeff<add name="db" connectionString="Host=h;Password=qZ7secret" />', /XML/],
  ])('is refused with a hint, and without repeating it: %s', async (text, what) => {
    expect(() => parseConnectionString(text)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'database.connection-string',
          cause: expect.stringMatching(what),
          next: expect.stringMatching(/^(Enter|Choose) /),
        }),
      }),
    )
    expect(await everythingSaid(text)).not.toContain('qZ7')
    expect(hiddenParts(new Secret(text)).map((secret) => secret.open())).toEqual([text])
  })
})

describe('what was copied out of an XML file', () => {
  it.each([
    'Host=h;Database=d;Username=u;Password=p&amp;w',
    'Password=&quot;a b&quot;;Host=h;Database=d;Username=u',
    'Password=p&#38;w;Host=h;Database=d;Username=u',
  ])('says how a password is written outside of it: %s', (text) => {
    const notes = (() => {
      try {
        return problemsIn(parseConnectionString(text, 'PostgreSQL'))
      } catch (error) {
        return [problemOf(error)]
      }
    })()
    expect(notes[0]?.next).toContain('&amp;')
  })

  it.each(['Password="p&amp;w"', 'Password=w&amp;', 'Username=a&amp;;Password=x', 'Password="a&#x3b;b"'])(
    'warns of what can be read all the same: %s',
    (text) => {
      const notes = notesOn(new Secret(`Host=h;Database=d;Username=u;${text}`), 'PostgreSQL')
      expect(notes).toContainEqual(
        expect.objectContaining({ level: 'warning', text: expect.stringContaining('XML') }),
      )
    },
  )
})

describe('what copying brings along unseen', () => {
  it.each([
    ['Host', 'db\u200b', 'U+200B'],
    ['Password', 'pa\ufeffss', 'U+FEFF'],
    ['Database', '\u00add', 'U+00AD'],
    ['Username', 'u\u202e', 'U+202E'],
    ['Password', '\u201cpass\u201d', 'U+201C'],
    ['Database', '"d\u00a0"', 'U+00A0'],
  ])('is warned of in %s', (keyword, value, sign) => {
    const text = `Host=h;Database=d;Username=u;Password=x;${keyword}=${value}`
    expect(notesOn(new Secret(text), 'PostgreSQL')).toContainEqual(
      expect.objectContaining({
        level: 'warning',
        keyword,
        text: expect.stringContaining(sign),
        next: expect.stringMatching(/^Enter /),
      }),
    )
  })

  it('is nothing where nothing was copied', () => {
    const text = 'Host=h;Database=d;Username=u;Password="пароль 🔑 ’n’ more"'
    expect(notesOn(new Secret(text), 'PostgreSQL')).toEqual([])
  })
})
