import type { Client } from 'pg'
import type { Machine } from '../../machine/machine.ts'
import type { DatabaseTarget } from '../target.ts'
import type { Finding, LayerSet } from '../connection-test/layers.ts'
import { leavePostgres, loginPostgres } from './client.ts'
import { explainPostgres } from './explain.ts'
import { postgresTables } from './identity-tables.ts'
import { postgresRights } from './rights.ts'
import { judgeServer, lookAtServer } from './server.ts'
import { postgresSettings, type PostgresSettings } from './settings.ts'
import { judgeTls } from './tls-finding.ts'
import { askForTls, trustOf, type TlsTrust } from './tls.ts'
import { nameLayer, tcpLayer } from '../connection-test/reach-layers.ts'
import { judgeTables } from '../connection-test/schema-finding.ts'

/** @throws SetupError `database.connection-string` when the text is not one. */
export function postgresLayers(machine: Machine, { connectionString, drivers }: DatabaseTarget): LayerSet {
  const settings = postgresSettings(connectionString, drivers)
  const explain = explainPostgres(settings)
  let trust: TlsTrust | undefined
  let client: Client | undefined
  const loggedIn = (): Client => client!
  return {
    explain,
    layers: {
      name: nameLayer(machine, settings.host),
      tcp: tcpLayer(settings.host, settings.port),
      tls: async (signal) => {
        trust = await trustOf(machine, settings)
        return judgeTls(settings, await askForTls(settings, trust, signal), trust)
      },
      login: async (signal) => {
        try {
          client = await loginPostgres(settings, trust!, signal)
        } catch (error) {
          const finding = explain(error)
          return isMissingDatabase(error)
            ? await withCreateDbRight(settings, trust!, signal, finding)
            : finding
        }
        if (signal.aborted) void leavePostgres(client)
        return whoAndWhere(client)
      },
      server: async () => judgeServer(await lookAtServer(loggedIn()), settings.npgsql),
      rights: () => postgresRights(loggedIn()),
      schema: async () => judgeTables(await postgresTables(loggedIn())),
    },
    close: () => client && void leavePostgres(client),
  }
}

async function whoAndWhere(client: Client): Promise<Finding> {
  const answer = await client.query<{ me: string; here: string; version: string; encrypted: boolean | null }>(
    `select current_user as me, current_database() as here, current_setting('server_version') as version,
            (select ssl from pg_stat_ssl where pid = pg_backend_pid()) as encrypted`,
  )
  const { me, here, version, encrypted } = answer.rows[0]!
  return {
    state: 'passed',
    summary: `As ${me} to ${here}, PostgreSQL ${version.split(' ')[0]}`,
    // With a user and password the service is the same to the server, whatever account it runs under.
    facts: [
      { label: 'Logged in as', value: `${me}, as the service will` },
      { label: 'Encrypted', value: encrypted ? 'Yes' : 'No' },
    ],
  }
}

function isMissingDatabase(error: unknown): boolean {
  return (error as { code?: string }).code === '3D000'
}

/** The service makes a missing database itself at its first start, if its user may: says which it is. */
async function withCreateDbRight(
  settings: PostgresSettings,
  trust: TlsTrust,
  signal: AbortSignal,
  finding: Finding,
): Promise<Finding> {
  try {
    const client = await loginPostgres({ ...settings, database: 'postgres' }, trust, signal)
    const sql = 'select rolcreatedb or rolsuper as yes from pg_roles where rolname = current_user'
    const may = (await client.query<{ yes: boolean }>(sql)).rows[0]?.yes
    void leavePostgres(client)
    const more = may
      ? `${settings.user} may create databases, so the service would make it, empty, at its first start.`
      : `${settings.user} may not create databases, so the service could not make it.`
    return { ...finding, cause: `${finding.cause} ${more}` }
  } catch {
    // The database "postgres" may be closed to this user; then the question stays open.
    return finding
  }
}
