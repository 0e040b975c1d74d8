import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { parseConnectionString } from '../../../electron/database/connection/connection-string.ts'
import { connectionFixtures } from '../database/connection-fixtures.ts'
import { readConnectionStringsConfig } from '../../../electron/creatio/connection-strings-config.ts'

const file = (...entries: string[]) =>
  `\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<connectionStrings>\r\n${entries.join('\r\n')}\r\n</connectionStrings>\r\n`
const add = (name: string, value: string) => `  <add name="${name}" connectionString="${value}" />`
const read = (text: string) => readConnectionStringsConfig(Buffer.from(text), 'ConnectionStrings.config')

const POSTGRES =
  'Server=pg.example.test;Port=5432;Database=creatio;User ID=u;password=p;Timeout=500; CommandTimeout=400;'
const SQL = 'Data Source=sql.example.test; Initial Catalog=creatio; Integrated Security=SSPI; Async = true'
const ORACLE =
  'Data Source=(DESCRIPTION=(ADDRESS_LIST=(ADDRESS=(PROTOCOL=TCP)(HOST=o)(PORT=1521)))(CONNECT_DATA=(SERVICE_NAME=c)));User Id=u;Password=p;Statement Cache Size = 300'

describe('ConnectionStrings.config', () => {
  it('takes db, though left-over entries stand before it', () => {
    const config = read(
      file(
        add('redis', 'host=h;db=1;port=6379'),
        add('dbMssqlCore', SQL),
        add('db', POSTGRES),
        add('dbPostgreSql', POSTGRES),
      ),
    )
    expect(config).toMatchObject({
      names: ['redis', 'dbMssqlCore', 'db', 'dbPostgreSql'],
      chosen: { entry: 'db', provider: 'PostgreSQL', placeholders: [], line: 5, column: 3 },
      candidates: [
        {
          entry: 'dbMssqlCore',
          provider: 'MsSqlServer',
          inUse: false,
          about: 'Left over: Creatio uses db.',
          line: 4,
        },
        { entry: 'db', inUse: true, about: 'Creatio uses it.' },
        { entry: 'dbPostgreSql', inUse: false, line: 6, column: 3 },
      ],
    })
    expect(config.candidates[0]!.connectionString.open()).toBe(SQL)
    expect(config.chosen!.connectionString.open()).toBe(POSTGRES)
    expect(JSON.stringify(config)).not.toContain('pg.example.test')
  })

  it('takes dbPostgreSql where there is no db, and nothing where there is neither', () => {
    expect(read(file(add('dbPostgreSql', POSTGRES))).chosen?.entry).toBe('dbPostgreSql')
    const { chosen, candidates } = read(file(add('dbMssqlCore', SQL), add('dbMssqlUnitTest', SQL)))
    expect(chosen).toBeUndefined()
    expect(candidates).toMatchObject([
      {
        entry: 'dbMssqlCore',
        inUse: false,
        about: 'Creatio uses none of this name: it reads db, formerly dbPostgreSql.',
      },
      { entry: 'dbMssqlUnitTest', inUse: false },
    ])
  })

  it('keeps an entry db that cannot be told, and no other such', () => {
    const { chosen, candidates } = read(file(add('redis', 'host=h;db=1;port=6379'), add('db', 'x')))
    expect(candidates.map(({ entry }) => entry)).toEqual(['db'])
    expect(chosen!.about).toBe('Creatio uses it. It cannot be told which database it is for.')
    expect(read(file(add('db', ORACLE))).chosen!.about).toMatch(/for Oracle, which the Identity Service/)
  })

  it.each([
    [POSTGRES, 'PostgreSQL'],
    ['Pooling=true; Database=db; Host=srv; Username=u; Password=p; Port=5432', 'PostgreSQL'],
    [SQL, 'MsSqlServer'],
    ['Server=tcp:sql.example.test,1433;Database=c;User ID=u;Password=p', 'MsSqlServer'],
    ['Data Source=sql;Initial Catalog=c;User ID=u;Password=&quot;Host=x;Port=1&quot;', 'MsSqlServer'],
    [ORACLE, 'Oracle'],
    ['Data Source=//o.example.test:1521/creatio;User Id=u;Password=p', 'Oracle'],
    ['Data Source=o.example.test/creatio;User Id=u;Password=p', 'Oracle'],
    // By the same words as everywhere else in the program.
    ['Server=srv;Database=c;Username=u;Password=p', 'PostgreSQL'],
    ['Server=srv;Database=c;User ID=u;Password=p;SSL Mode=Require', 'PostgreSQL'],
    ['Server=srv\\one;Database=c;User ID=u;Password=p', 'MsSqlServer'],
    ['Server=srv;Database=c;User ID=u;Password=p', 'MsSqlServer'],
    ['Server=srv;Database=&quot;c;Port=1&quot;;User ID=u;Password=p;Encrypt=True', 'MsSqlServer'],
    ['host=h;db=1;port=6379;maxReadPoolSize=10;maxWritePoolSize=500', undefined],
    ['User=elastic; Password=p;', undefined],
    ['amqp://u:p@mq:5672/creatio', undefined],
    ['something else', undefined],
  ])('tells the database of %s', (value, provider) => {
    expect(read(file(add('db', value))).chosen?.provider).toBe(provider)
  })

  it.each(connectionFixtures)('tells the database of an entry as of a typed text: $name', ({ text }) => {
    const { provider } = parseConnectionString(text)
    const encoded = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
    const found = read(file(add('db', encoded))).chosen!
    const named = /(^|;)\s*(database|initial catalog)\s*=/i.test(text)
    expect(found.provider).toBe(
      named || provider === 'Oracle' ? (provider === 'unknown' ? 'MsSqlServer' : provider) : undefined,
    )
  })

  it('decodes entities', () => {
    const config = read(
      file(add('db', 'Host=h;Database=d;Password=&quot;a&amp;b&lt;&#x27;&#59;&apos;&quot;')),
    )
    expect(config.chosen!.connectionString.open()).toBe('Host=h;Database=d;Password="a&b<\';\'"')
  })

  it('names the placeholders of a vault', () => {
    const value =
      'Pooling=true; Database=[DbName]; Host=[DbHost]; Username=[User]; Password=[Password]; Port=[DbPort]'
    expect(read(file(add('dbPostgreSql', value))).chosen).toMatchObject({
      provider: 'PostgreSQL',
      placeholders: ['DbName', 'DbHost', 'User', 'Password', 'DbPort'],
    })
    const others = `${POSTGRES}ApplicationName=[x] y;Host=[::1];A="[Quoted]";B=[User];C=[User]`
    expect(read(file(add('db', others.replaceAll('"', '&quot;')))).chosen!.placeholders).toEqual([
      'Quoted',
      'User',
    ])
  })

  it('reads UTF-16, other quotes, and a section inside a whole Web.config', () => {
    const text = `\uFEFF<configuration><connectionStrings><add connectionString='Host=é;Database="d"' name='db'></add></connectionStrings></configuration>`
    const config = readConnectionStringsConfig(Buffer.from(text, 'utf16le'))
    expect(config.chosen!.connectionString.open()).toBe('Host=é;Database="d"')
  })

  it.each([
    ['ill-formed XML', file('  <add name="db" connectionString="a & b" />'), 'xml.malformed 3:38'],
    ['a missing quotation mark', file('  <add name="db" connectionString="a />'), 'xml.malformed 3:35'],
    ['another file', '<settings>\n</settings>', 'connectionstrings.not-one 1:1'],
    [
      'a reference',
      '<configuration>\n<connectionStrings configSource="x.config"/></configuration>',
      'connectionstrings.elsewhere 2:1',
    ],
    [
      'a protected section',
      '<connectionStrings configProtectionProvider="Rsa">\n<EncryptedData/></connectionStrings>',
      'connectionstrings.encrypted 1:1',
    ],
    ['two entries db', file(add('db', SQL), add('db', POSTGRES)), 'connectionstrings.duplicate 4:3'],
  ])('refuses %s with its place', (_, text, wanted) => {
    try {
      read(text)
    } catch (error) {
      const { code, where } = problemOf(error)
      expect(`${code} ${where?.line}:${where?.column}`).toBe(wanted)
      return
    }
    throw new Error('It was read.')
  })
})
