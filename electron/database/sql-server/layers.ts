import type { ConnectionPool } from 'mssql'
import type { ServiceIdentity } from '../../contract/database.ts'
import type { Machine } from '../../machine/machine.ts'
import type { DatabaseTarget } from '../target.ts'
import type { Finding, LayerSet } from '../connection-test/layers.ts'
import { nameLayer, tcpLayer } from '../connection-test/reach-layers.ts'
import { judgeTables } from '../connection-test/schema-finding.ts'
import { trustedRoots } from '../trusted-roots.ts'
import { cutMssql, loginMssql, type Endpoint } from './client.ts'
import { portOf } from './endpoint.ts'
import { explainMssql } from './explain.ts'
import { mssqlTables } from './identity.ts'
import { pinnedCertificate } from './pinned-certificate.ts'
import { mssqlRights } from './rights.ts'
import { mssqlServer } from './server-finding.ts'
import { mssqlSettings } from './settings.ts'
import { judgeTls } from './tls-finding.ts'
import { askForTls } from './tls.ts'
import { NOT_AS_THE_SERVICE, windowsLogin } from './windows-login.ts'

/**
 * @param browserPort where tests have their SQL Server Browser; there is no setting for it.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export function mssqlLayers(
  machine: Machine,
  target: DatabaseTarget,
  identity?: ServiceIdentity,
  browserPort?: number,
): LayerSet {
  const settings = mssqlSettings(target)
  let endpoint: Endpoint = { port: settings.port, encrypts: true, insists: false, ca: [] }
  let pool: ConnectionPool | undefined
  const unlessWindows = (look: (pool: ConnectionPool) => Promise<Finding>) => async (): Promise<Finding> =>
    settings.windowsLogin ? NOT_AS_THE_SERVICE : look(pool!)
  return {
    // The port that was told, once it was.
    explain: (error) => explainMssql({ ...settings, port: endpoint.port })(error),
    layers: {
      name: nameLayer(machine, settings.host),
      tcp: async (signal) => {
        endpoint = { ...endpoint, port: await portOf(machine, settings, signal, browserPort) }
        const finding = await tcpLayer(settings.host, endpoint.port)(signal)
        if (settings.instance === undefined) return finding
        return {
          ...finding,
          summary: `${finding.summary}: SQL Server Browser tells it of ${settings.instance}`,
        }
      },
      tls: async (signal) => {
        const { certificates: ca, complete } = await trustedRoots(machine)
        const pin = await pinnedCertificate(machine, settings)
        const offer = await askForTls(settings, endpoint.port, { ca, pin }, signal)
        const insists = offer.kind === 'offered' && offer.required
        endpoint = { ...endpoint, encrypts: offer.kind === 'offered', insists, ca, pin }
        return judgeTls(settings, endpoint.port, offer, complete)
      },
      login: async (signal) => {
        if (settings.windowsLogin) return windowsLogin(settings, identity)
        pool = await loginMssql(settings, endpoint, signal)
        if (signal.aborted) cutMssql(pool)
        return { state: 'passed', summary: await whoAndWhere(pool) }
      },
      server: unlessWindows(mssqlServer),
      rights: unlessWindows(mssqlRights),
      schema: unlessWindows(async (open) => judgeTables(await mssqlTables(open))),
    },
    close: () => pool && cutMssql(pool),
  }
}

async function whoAndWhere(pool: ConnectionPool): Promise<string> {
  const sql = `select suser_sname() as me, db_name() as here`
  const { me, here } = (await pool.query<{ me: string; here: string }>(sql)).recordset[0]!
  return `As ${me} to ${here}`
}
