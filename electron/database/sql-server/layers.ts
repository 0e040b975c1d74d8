import type { ConnectionPool } from 'mssql'
import type { Machine } from '../../machine/machine.ts'
import type { DatabaseTarget } from '../target.ts'
import type { Finding, LayerSet } from '../test/layers.ts'
import { loginMssql } from './client.ts'
import { explainMssql, isTlsFailure } from './explain.ts'
import { mssqlTables } from './identity.ts'
import { prelogin } from './prelogin.ts'
import { mssqlRights } from './rights.ts'
import { mssqlSettings, type MssqlSettings } from './settings.ts'
import { nameLayer, tcpLayer } from '../test/reach-layers.ts'
import { judgeTables } from '../test/schema-finding.ts'

/** @throws SetupError `database.connection-string` when the text is not one. */
export function mssqlLayers(machine: Machine, { connectionString }: DatabaseTarget): LayerSet {
  const settings = mssqlSettings(connectionString)
  const explain = explainMssql(settings)
  let pool: ConnectionPool | undefined
  let refusal: unknown
  const unlessWindows = (look: (pool: ConnectionPool) => Promise<Finding>) => async (): Promise<Finding> =>
    settings.windowsLogin ? WINDOWS_LOGIN : look(pool!)
  return {
    explain,
    layers: {
      name: nameLayer(machine, settings.host),
      tcp: settings.instance === undefined ? tcpLayer(settings.host, settings.port) : namedInstance(settings),
      // TLS runs inside the login's own messages, so both are tried here at once and told apart by the failure.
      tls: async (signal) => {
        const stranger = await notSqlServer(settings, signal)
        if (stranger) return stranger
        if (settings.windowsLogin) return { state: 'not-applicable', summary: 'Agreed on at the login' }
        try {
          pool = await loginMssql(settings, signal)
        } catch (error) {
          if (isTlsFailure(error)) return explain(error)
          refusal = error
        }
        return tlsFinding(settings)
      },
      login: async () => {
        if (settings.windowsLogin) return WINDOWS_LOGIN
        if (!pool) throw refusal
        return { state: 'passed', summary: await whoAndWhere(pool) }
      },
      server: async () => ({ state: 'not-applicable', summary: 'Not looked at' }),
      rights: unlessWindows(mssqlRights),
      schema: unlessWindows(async (open) => judgeTables(await mssqlTables(open))),
    },
    close: () => void pool?.close().catch(() => undefined),
  }
}

const WINDOWS_LOGIN: Finding = {
  state: 'not-applicable',
  summary: 'Not applicable here: a Windows login is made by the service’s own account',
  cause:
    'With Integrated Security the service logs in as the account it runs under, which this program is not.',
  remedy: { text: 'Grant that account its rights at the server, or use a SQL Server login.' },
}

function namedInstance({ instance }: MssqlSettings) {
  return async (): Promise<Finding> => ({
    state: 'not-applicable',
    summary: `SQL Server Browser tells the port of instance ${instance}`,
  })
}

async function notSqlServer(settings: MssqlSettings, signal: AbortSignal): Promise<Finding | undefined> {
  if (settings.instance !== undefined) return undefined
  const answer = await prelogin(settings.host, settings.port, signal)
  if (answer.kind === 'not-sql-server')
    return {
      state: 'failed',
      summary: `What answers at port ${settings.port} is not SQL Server`,
      remedy: { text: 'Enter the port of SQL Server; it is 1433 unless someone changed it.' },
    }
  if (answer.encrypts || !settings.encrypt) return undefined
  return {
    state: 'failed',
    summary: 'The server does not encrypt, and the connection string insists on it',
    cause: 'The service’s driver encrypts unless told otherwise.',
    remedy: {
      text: 'Turn encryption on at the server, or add “Encrypt=False” where the network is trusted.',
    },
  }
}

function tlsFinding({ encrypt, trustServerCertificate }: MssqlSettings): Finding {
  if (!encrypt) return { state: 'not-applicable', summary: 'Only the login is encrypted: Encrypt is off' }
  return {
    state: 'passed',
    summary: trustServerCertificate ? 'Encrypted, certificate not checked' : 'Encrypted, certificate trusted',
  }
}

async function whoAndWhere(pool: ConnectionPool): Promise<string> {
  const sql = `select suser_sname() as me, db_name() as here, cast(serverproperty('ProductVersion') as nvarchar(50)) as version`
  const { me, here, version } = (await pool.query<{ me: string; here: string; version: string }>(sql))
    .recordset[0]!
  return `As ${me} to ${here}, SQL Server ${version}`
}
