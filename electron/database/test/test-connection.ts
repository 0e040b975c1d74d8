import type { Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { problemsIn } from '../connection/problems.ts'
import { parseConnectionString } from '../connection/connection-string.ts'
import { runLayers, type Finding, type LayerResult } from './layers.ts'
import type { LayerSet } from '../postgres/layers.ts'
import type { DatabaseTarget } from '../target.ts'

export interface ConnectionTestOptions {
  /** Told when a layer begins (`running`) and when it ends. */
  readonly onLayer?: (layer: LayerResult) => void
  /** Cancels: the layer under way and the rest become `not-tried`. */
  readonly signal?: AbortSignal
  /** For each layer. Default 10 000 ms. */
  readonly timeoutMs?: number
}

/**
 * Tests a database layer by layer, as the service would use it: name, TCP, TLS, login, rights, schema. Leaves nothing
 * behind in the database. Always comes to an end; the answer holds all six layers.
 * A connection string that cannot work (see {@link problemsIn}) fails the first layer, and nothing is connected.
 * @throws SetupError `database.connection-string` when the connection string cannot be read.
 */
export async function testConnection(
  machine: Machine,
  target: DatabaseTarget,
  { onLayer, signal, timeoutMs = 10_000 }: ConnectionTestOptions = {},
): Promise<readonly LayerResult[]> {
  const set = await layersOf(machine, target)
  const [problem] = problemsIn(parseConnectionString(target.connectionString, target.provider))
  const layers = problem ? { ...set.layers, name: async () => findingOf(problem) } : set.layers
  try {
    return await runLayers({ clock: machine.clock, ...set, layers, onLayer, signal, timeoutMs })
  } finally {
    set.close()
  }
}

function findingOf({ what, cause, next }: Problem): Finding {
  return { state: 'failed', summary: what, ...(cause ? { cause } : {}), remedy: { text: next } }
}

async function layersOf(machine: Machine, { provider, connectionString }: DatabaseTarget): Promise<LayerSet> {
  if (provider === 'MsSqlServer')
    return (await import('../sql-server/layers.ts')).mssqlLayers(machine, connectionString)
  return (await import('../postgres/layers.ts')).postgresLayers(machine, connectionString)
}
