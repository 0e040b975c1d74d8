import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  parseConnectionString,
  printConnectionString,
  printOptions,
  readOptions,
  secretsIn,
  withParts,
  type ConnectionParts,
} from '../../../electron/database/connection/connection-string.ts'
import { maskedText, unmasked } from '../../../electron/database/connection/mask.ts'
import { problemsIn } from '../../../electron/database/connection/problems.ts'
import { serviceForm } from '../../../electron/database/connection/service-form.ts'
import type { Provider } from '../../../electron/contract/database.ts'
import { HIDDEN, Secret } from '../../../electron/secrets/secret.ts'

const WINDOWS_LOGIN =
  'Data Source=srv; Initial Catalog=db; Persist Security Info=True; MultipleActiveResultSets=True; Integrated Security=SSPI; Pooling = true; Max Pool Size = 100; Async = true'
const CREATIO_POSTGRES =
  'Server=srv;Port=5433;Database=db;User ID=u;password=p;Timeout=500; CommandTimeout=400;MaxPoolSize=1024;'

/** Parts with the password opened, for comparing. */
function plain(parts: ConnectionParts): unknown {
  return { ...parts, password: parts.password?.open() }
}

describe('parseConnectionString', () => {
  it('reads the spellings that Creatio writes for PostgreSQL', () => {
    expect(plain(parseConnectionString(CREATIO_POSTGRES))).toEqual({
      provider: 'PostgreSQL',
      server: 'srv',
      port: 5433,
      database: 'db',
      user: 'u',
      password: 'p',
      windowsLogin: false,
      options: [
        { keyword: 'Timeout', value: '500' },
        { keyword: 'CommandTimeout', value: '400' },
        { keyword: 'MaxPoolSize', value: '1024' },
      ],
    })
    expect(
      parseConnectionString(
        'Pooling=true; Database=db; Host=srv; Username=u; Password=p; Port=5432; Timeout=5',
      ),
    ).toMatchObject({ provider: 'PostgreSQL', server: 'srv', port: 5432, database: 'db', user: 'u' })
  })

  it('reads the spellings that Creatio writes for SQL Server', () => {
    expect(parseConnectionString(WINDOWS_LOGIN)).toMatchObject({
      provider: 'MsSqlServer',
      server: 'srv',
      database: 'db',
      user: '',
      windowsLogin: true,
    })
    expect(
      parseConnectionString('Data Source=tcp:srv\\inst,1444;Initial Catalog=db;UID=u;PWD=p'),
    ).toMatchObject({
      server: 'srv\\inst',
      port: 1444,
      user: 'u',
    })
  })

  it.each([
    [
      'Data Source=(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=x)));User Id=u;Password=p;Statement Cache Size = 300',
      'Oracle',
    ],
    ['Server=srv;Database=db;User ID=u;Password=p', 'unknown'],
    ['Server=srv\\one;Database=db;User ID=u;Password=p', 'MsSqlServer'],
    ['Server=srv,1433;Database=db;User ID=u;Password=p', 'MsSqlServer'],
    ['Server=srv;Port=5432;Database=db', 'PostgreSQL'],
    ['Server=srv;Database=db;SSL Mode=Require', 'PostgreSQL'],
    ['host=srv', 'PostgreSQL'],
  ])('guesses the database of %s', (text, provider) => {
    expect(parseConnectionString(text).provider).toBe(provider)
  })

  it.each([
    [`Password='a''b"c;d=e'`, `a'b"c;d=e`],
    [`Password="a""b'c;d=e"  ;`, `a"b'c;d=e`],
    ['Password=  a b  ;', 'a b'],
    ['Password=a=b;', 'a=b'],
    [`Password=it's;`, `it's`],
    ['Password="  a  "', '  a  '],
    ['Password=first;PWD=last', 'last'],
    ['Password={a;', '{a'],
  ])('follows the rules of ADO.NET in %s', (text, password) => {
    expect(parseConnectionString(text).password?.open()).toBe(password)
  })

  it.each([
    ['garbage', 1, 'no “=”'],
    ['Host=a;garbage', 8, 'no “=”'],
    ['=a', 1, 'no keyword'],
    [`Host=a;Password='b`, 17, 'no closing quote'],
    [`Password='b'c`, 13, 'follows the closing quote'],
    [`Password=b'`, 10, 'never opened'],
    ['Password=a\u0001b', 11, 'control character'],
    [`Password='a\0b'`, 12, 'NUL'],
    ['Pass\u0000word=a', 1, 'control character'],
    ['Host=a;Pass\nword=a', 8, 'control character'],
  ])('refuses %j at column %i', (text, column, cause) => {
    expect(() => parseConnectionString(text)).toThrow(
      expect.objectContaining({
        problem: expect.objectContaining({
          code: 'database.connection-string',
          where: { column },
          cause: expect.stringContaining(cause),
        }),
      }),
    )
  })

  it('keeps the password out of what is printed', () => {
    const parts = parseConnectionString('Host=h;Password=canary;SSL Password=canary')
    expect(JSON.stringify(parts.password)).toBe(JSON.stringify(HIDDEN))
    expect(printOptions(parts.options)).toBe('')
    expect(secretsIn(parts).map((secret) => secret.open())).toEqual(['canary', 'canary'])
    expect(() => parseConnectionString(`Host=h;Password='canary`)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('canary') }),
    )
  })
})

const nasty = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc
      .array(
        fc.constantFrom(
          '"',
          "'",
          ';',
          '=',
          '{',
          '}',
          ' ',
          '\\',
          ',',
          ':',
          'a',
          '1',
          '😀',
          'ש',
          '\u202e',
          '\t',
          '\u00a0',
          '\ufeff',
        ),
      )
      .map((all) => all.join('')),
  )
  .filter((text) => !text.includes('\0'))
const hostName = fc.domain()
const option = fc.record({
  keyword: fc.constantFrom('Timeout', 'CommandTimeout', 'SSL Mode', 'Search Path', 'Some=Thing', 'Ключ'),
  value: nasty,
})

function anyParts(provider: Provider): fc.Arbitrary<ConnectionParts> {
  return fc
    .record({
      server: provider === 'MsSqlServer' ? hostName : fc.oneof(hostName, fc.constant('::1')),
      port: fc.option(fc.integer({ min: 1, max: 65_535 })),
      database: nasty,
      user: nasty,
      password: nasty,
      windowsLogin: fc.constant(false),
      options: fc.array(option, { maxLength: 3 }),
    })
    .map(({ port, password, ...rest }) => ({
      provider,
      ...rest,
      ...(port === null ? {} : { port }),
      ...(password === '' ? {} : { password: new Secret(password) }),
    }))
}

describe('printConnectionString', () => {
  it.each(['PostgreSQL', 'MsSqlServer'] as const)('is read back as it was, for %s', (provider) => {
    fc.assert(
      fc.property(anyParts(provider), (before) => {
        const text = printConnectionString(before)
        expect(plain(parseConnectionString(text, provider))).toEqual(plain(before))
      }),
      { numRuns: 500 },
    )
  })

  it('writes options for a field that are read back as they were', () => {
    fc.assert(
      fc.property(fc.array(option), (options) => {
        expect(readOptions(printOptions(options))).toEqual(options)
      }),
    )
  })
})

describe('withParts', () => {
  it('changes only what is named', () => {
    expect(withParts(new Secret(CREATIO_POSTGRES), { server: 'db' }).open()).toBe(
      CREATIO_POSTGRES.replace('srv', 'db'),
    )
    expect(
      withParts(new Secret('  host = "a" ; X=1'), { server: 'b', password: new Secret('p;q') }).open(),
    ).toBe('  host = b ; X=1;Password="p;q";')
    expect(withParts(new Secret('Data Source=tcp:srv\\i,1444; Async=true'), { server: 'host' }).open()).toBe(
      'Data Source=tcp:host,1444; Async=true',
    )
    expect(withParts(new Secret('Data Source=srv;Initial Catalog=db'), { port: 1444 }).open()).toBe(
      'Data Source=srv,1444;Initial Catalog=db',
    )
    expect(withParts(new Secret('Host=srv:5433'), { server: 'other' }).open()).toBe('Host=other:5433')
    expect(withParts(new Secret('Host=srv'), { port: 5433 }).open()).toBe('Host=srv;Port=5433;')
  })

  it('changes the pair that counts when a keyword is repeated', () => {
    expect(withParts(new Secret('Host=a;Server=b'), { server: 'c' }).open()).toBe('Host=a;Server=c')
  })

  it('sets what is then read, and leaves every other part', () => {
    fc.assert(
      fc.property(anyParts('PostgreSQL'), hostName, nasty, (before, server, database) => {
        const text = withParts(printConnectionString(before), { server, database }, 'PostgreSQL')
        expect(plain(parseConnectionString(text, 'PostgreSQL'))).toEqual(
          plain({ ...before, server, database }),
        )
      }),
    )
  })

  it('changes nothing when nothing is to be changed', () => {
    fc.assert(
      fc.property(anyParts('MsSqlServer'), (before) => {
        const text = printConnectionString(before)
        expect(withParts(text, {}).open()).toBe(text.open())
      }),
    )
  })
})

describe('serviceForm', () => {
  it('leaves what Creatio writes for PostgreSQL as it is', () => {
    const { connectionString, notes } = serviceForm(new Secret(CREATIO_POSTGRES), 'PostgreSQL')
    expect(connectionString.open()).toBe(CREATIO_POSTGRES)
    expect(notes).toEqual([])
  })

  it('leaves out what the driver for SQL Server refuses', () => {
    const given =
      'async=true;Data Source=srv; Asynchronous Processing="true"; Initial Catalog=db; Async = true'
    const { connectionString, notes } = serviceForm(new Secret(given), 'MsSqlServer')
    expect(connectionString.open()).toBe('Data Source=srv;  Initial Catalog=db; ')
    expect(notes.map(({ level, keyword }) => [level, keyword])).toEqual([
      ['info', 'async'],
      ['info', 'Asynchronous Processing'],
      ['info', 'Async'],
    ])
  })

  it('names the server as the container sees it', () => {
    const changes = { server: 'host.docker.internal' }
    expect(serviceForm(new Secret(CREATIO_POSTGRES), 'PostgreSQL', { changes }).connectionString.open()).toBe(
      CREATIO_POSTGRES.replace('srv', 'host.docker.internal'),
    )
  })
})

describe('problemsIn', () => {
  const codes = (text: string): string[] => problemsIn(parseConnectionString(text)).map(({ code }) => code)

  it('finds none in what Creatio writes', () => {
    expect(codes(CREATIO_POSTGRES)).toEqual([])
    expect(codes(WINDOWS_LOGIN)).toEqual([])
    expect(codes('Host=[::1];Database=d;Username=u;Password=[x')).toEqual([])
  })

  it('takes a password in brackets that stands in quotes for the password itself, wherever it goes', () => {
    const text = 'Host=h;Database=d;Username=u;Password="[abc]"'
    expect(codes(text)).toEqual([])
    const parts = parseConnectionString(text)
    expect([parts.password?.open(), parts.literalPassword]).toEqual(['[abc]', true])
    const printed = printConnectionString(parts).open()
    expect(printed).toContain('Password="[abc]"')
    expect(codes(printed)).toEqual([])
    expect(unmasked(maskedText(new Secret(text)), new Secret(text)).open()).toBe(text)
    const other = withParts(new Secret('Host=h;Database=d;Username=u;Password=x'), {
      password: new Secret('[y]'),
    })
    expect(codes(other.open())).toEqual([])
    const bare = problemsIn(parseConnectionString(text.replaceAll('"', '')))
    expect(bare).toMatchObject([
      { code: 'database.placeholder', next: expect.stringContaining('put it in quotes') },
    ])
    expect(JSON.stringify(bare)).not.toContain('abc')
  })

  it('leads from Redis’ entry to that of the database', () => {
    const redis = problemsIn(parseConnectionString('host=h;db=1;port=6379;maxReadPoolSize=10'))
    expect(redis.at(-1)).toMatchObject({ next: expect.stringContaining('entry “db”') })
  })

  it.each([
    ['Port=5432', ['database.no-server', 'database.no-database', 'database.no-user']],
    [
      'Host=h;Database=[DbName];Username=u;Password=[Password]',
      ['database.placeholder', 'database.placeholder'],
    ],
    ['Host=h;Database=d;Username="a\nb"', ['database.control-character']],
    ['Host=h;Database=d;Username=u;Port=70000', ['database.port']],
    ['Host=h1,h2;Database=d;Username=u', ['database.server-name']],
    [`Host=${'a'.repeat(10_000)};Database=d;Username=u`, ['database.server-name']],
    [
      `Host=h;Database=${'ж'.repeat(32)};Username=${'u'.repeat(10_000)}`,
      ['database.name-too-long', 'database.name-too-long'],
    ],
    [`Host=h;Database=${'d'.repeat(63)};Username=u`, []],
    ['Data Source=(DESCRIPTION=(ADDRESS=x));User Id=u', ['database.oracle']],
  ])('tells what is wrong with %.60s', (text, expected) => {
    expect(codes(text)).toEqual(expected)
  })

  it('shows no value', () => {
    const problems = problemsIn(parseConnectionString('Host=h;Database=d;Username=u;Password="can\nary"'))
    expect(JSON.stringify(problems)).not.toMatch(/can|ary"/)
  })
})
