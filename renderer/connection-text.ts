import type { DatabaseData } from './store/database.ts'

/**
 * The fields as a connection string, to be looked at: the password is hidden. A value that holds `;`, a quote or
 * outer blanks is quoted as .NET's DbConnectionStringBuilder does.
 */
export function connectionText(data: DatabaseData): string {
  const sqlServer = data.provider === 'MsSqlServer'
  const server = sqlServer && data.port !== '' ? `${data.server},${data.port}` : data.server
  const parts: (readonly [string, string])[] = [
    [sqlServer ? 'Data Source' : 'Server', server],
    ...(sqlServer || data.port === '' ? [] : [['Port', data.port] as const]),
    [sqlServer ? 'Initial Catalog' : 'Database', data.database],
    ['User ID', data.user],
    ['Password', data.password.ref === '' ? '' : '[hidden]'],
  ]
  const text = parts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}=${quoted(value)}`)
    .join(';')
  return data.options === '' ? text : `${text};${data.options}`
}

function quoted(value: string): string {
  if (!/[;'"]|^\s|\s$/.test(value)) return value
  return value.includes('"') && !value.includes("'") ? `'${value}'` : `"${value.replaceAll('"', '""')}"`
}
