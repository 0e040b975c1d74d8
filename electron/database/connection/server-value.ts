import type { GuessedProvider } from './keywords.ts'

export interface ServerValue {
  /** `tcp:`, which SQL Server's driver allows before the name; `np:` and its like say more and stay with the name. */
  readonly prefix: string
  readonly server: string
  readonly port?: number
}

/**
 * Takes the value of `Data Source`, `Server` or `Host` apart: SQL Server writes `tcp:host\instance,1433`, Npgsql
 * allows `host:5432` and `[::1]:5432`. An IPv6 address without brackets, with its many colons, stays whole.
 */
export function splitServer(provider: GuessedProvider, value: string): ServerValue {
  const sqlServer = provider === 'MsSqlServer'
  const prefix = sqlServer ? (/^\s*tcp:\s*/i.exec(value)?.[0] ?? '') : ''
  const rest = value.slice(prefix.length)
  const match = (sqlServer ? /^([^,]*?)\s*,\s*(\d{1,5})\s*$/ : /^([^:,[\]]+|\[[^\]]*\]):(\d{1,5})$/).exec(
    rest,
  )
  if (!match || provider === 'Oracle') return { prefix, server: rest }
  return { prefix, server: match[1]!, port: Number(match[2]) }
}

/** The reverse of {@link splitServer}, without the prefix. */
export function joinServer(provider: GuessedProvider, server: string, port: number | undefined): string {
  if (port === undefined) return server
  if (provider === 'MsSqlServer') return `${server},${port}`
  return server.includes(':') && !server.startsWith('[') ? `[${server}]:${port}` : `${server}:${port}`
}
