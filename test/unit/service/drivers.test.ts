import { describe, expect, it } from 'vitest'
import { driversOf } from '../../../electron/service/drivers.ts'

const deps = (...libraries: string[]): Uint8Array =>
  new TextEncoder().encode(
    JSON.stringify({ libraries: Object.fromEntries(libraries.map((key) => [key, { type: 'package' }])) }),
  )

describe('the database drivers of a build', () => {
  it('are read by name and version', () => {
    expect(
      driversOf(deps('Npgsql/8.0.3', 'Microsoft.Data.SqlClient/5.1.5', 'Npgsql.Json.NET/8.0.0')),
    ).toEqual({
      npgsql: '8.0.3',
      sqlClient: { package: 'Microsoft.Data.SqlClient', version: '5.1.5' },
    })
  })

  it('count the newer one for SQL Server where both are there', () => {
    const both = deps('System.Data.SqlClient/4.8.6', 'microsoft.data.sqlclient/2.1.4')
    expect(driversOf(both).sqlClient).toEqual({ package: 'Microsoft.Data.SqlClient', version: '2.1.4' })
    expect(driversOf(deps('System.Data.SqlClient/4.8.6')).sqlClient?.package).toBe('System.Data.SqlClient')
  })

  it.each(['', 'nonsense', '[]', '{"libraries":null}', '{"libraries":{"Npgsql":{}}}'])(
    'are none in %j',
    (text) => {
      expect(driversOf(new TextEncoder().encode(text))).toEqual({})
    },
  )
})
