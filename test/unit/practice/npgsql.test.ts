import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readConnectionString } from '../../../electron/practice/service/npgsql.ts'

function login(text: string) {
  const { password, ...rest } = readConnectionString(text)
  return { ...rest, password: (password as () => string)() }
}

describe('spellings', () => {
  test('Creatio’s own', () => {
    expect(
      login(
        'Server=srv;Port=5433;Database=db;User ID=u;password=p;Timeout=500; CommandTimeout=400;MaxPoolSize=1024;',
      ),
    ).toMatchObject({
      host: 'srv',
      port: 5433,
      database: 'db',
      user: 'u',
      password: 'p',
      connectionTimeoutMillis: 500_000,
    })
  })

  test('Npgsql’s own', () => {
    expect(
      login(
        'Pooling=true; Database=db; Host=srv; Username=u; Password=p; Port=5432; Timeout=5; CommandTimeout=400',
      ),
    ).toMatchObject({ host: 'srv', port: 5432, database: 'db', user: 'u', password: 'p' })
  })

  test('what is left out', () => {
    expect(login('host=srv;uid=u')).toMatchObject({ port: 5432, database: 'u', password: '', ssl: false })
  })

  test('encryption: only the Verify modes look at the certificate', () => {
    expect(login('Host=s;SSL Mode=Require').ssl).toEqual({ rejectUnauthorized: false })
    expect(login('Host=s;SslMode=VerifyFull').ssl).toEqual({ rejectUnauthorized: true })
    expect(login('Host=s;SSL Mode=Prefer').ssl).toBe(false)
  })
})

test('any password survives quoting', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('"', "'"), (password, quote) => {
      const quoted = quote + password.replaceAll(quote, quote + quote) + quote
      expect(login(`Host=srv; Password = ${quoted} ;Username=u`)).toMatchObject({ password, user: 'u' })
    }),
  )
})

test('an unquoted password may hold quotes and equals signs inside', () => {
  expect(login(`Host=srv;Password=a"b'c=d==e ;Username=u`).password).toBe(`a"b'c=d==e`)
})

test.each([
  ['nonsense', 0],
  ['Host=srv; nonsense', 10],
  [`Host=srv;Password="open;Username=u`, 9],
  ['Host=srv;Password="a"b;Username=u', 9],
])('%s is no connection string', (text, index) => {
  expect(() => readConnectionString(text)).toThrow(
    `Format of the initialization string does not conform to specification starting at index ${index}.`,
  )
})

test.each([
  ['Data Source=x', `Couldn't set data source (Parameter 'data source')`],
  ['Host=x;Async=true', `Couldn't set async (Parameter 'async')`],
  ['Host=x;Port=abc', `Couldn't set port (Parameter 'port')`],
  ['Username=u', `Host can't be null`],
  ['Host=;Username=u', `Host can't be null`],
])('%s is refused as Npgsql does', (text, words) => {
  expect(() => readConnectionString(text)).toThrow(words)
})
