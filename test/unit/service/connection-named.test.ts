import { expect, test } from 'vitest'
import { connectionNamed } from '../../../electron/service/connection-named.ts'

const named = (settings: Readonly<Record<string, string>>) => connectionNamed((key) => settings[key])

test('DatabaseConnectionString wins over the provider’s own key, which counts where it says nothing', () => {
  const both = {
    DbProvider: 'Postgres',
    DatabaseConnectionString: 'Server=a',
    PostgresConnection: 'Server=b',
  }
  expect(named(both)).toEqual({ provider: 'PostgreSQL', connectionString: 'Server=a' })
  expect(named({ ...both, DatabaseConnectionString: ' ' }).connectionString).toBe('Server=b')
})

test('the other provider’s key does not count', () => {
  const both = { MsSqlConnection: 'Server=a', PostgresConnection: 'Server=b' }
  expect(named({ DbProvider: 'MsSqlServer', ...both })).toEqual({
    provider: 'MsSqlServer',
    connectionString: 'Server=a',
  })
  expect(named({ DbProvider: 'Postgres', MsSqlConnection: 'Server=a' }).connectionString).toBe('')
})

test('settings that name no database', () => {
  expect(named({})).toEqual({ provider: 'MsSqlServer', connectionString: '' })
})
