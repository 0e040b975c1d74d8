import type { ServiceIdentity } from '../../contract/database.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { problemsIn } from '../connection/problems.ts'
import { parseConnectionString } from '../connection/connection-string.ts'
import {
  runLayers,
  type Finding,
  type LayerId,
  type LayerResult,
  type MakeLayers,
  type TryLayer,
} from './layers.ts'
import type { DatabaseTarget } from '../target.ts'

export interface ConnectionTestOptions {
  /** Told when a layer begins (`running`) and when it ends. */
  readonly onLayer?: (layer: LayerResult) => void
  /** Cancels: the layer under way and the rest become `not-tried`. */
  readonly signal?: AbortSignal
  /** For each layer. Default 10 000 ms. */
  readonly timeoutMs?: number
  /** Whom the database sees when the service logs in; of interest where no user and password are given. */
  readonly identity?: ServiceIdentity
  /** Layers that are tried another way. */
  readonly instead?: Readonly<Partial<Record<LayerId, TryLayer>>>
}

/**
 * Tests a database layer by layer, as the service would use it: name, TCP, TLS, login, server, rights, schema. Leaves
 * nothing behind in the database. Always comes to an end; the answer holds all seven layers.
 * A connection string that cannot work (see {@link problemsIn}) fails the first layer, and nothing is connected.
 * @throws SetupError `database.connection-string` when the connection string cannot be read.
 */
export async function testConnection(
  machine: Machine,
  target: DatabaseTarget,
  { onLayer, signal, timeoutMs = 10_000, identity, instead }: ConnectionTestOptions = {},
): Promise<readonly LayerResult[]> {
  const makeLayers = await makerOf(target)
  const set = makeLayers(machine, target, identity)
  const [problem] = problemsIn(
    parseConnectionString(target.connectionString, target.provider),
    target.drivers,
  )
  const refused = problem ? { name: async () => findingOf(problem) } : {}
  const layers = { ...set.layers, ...instead, ...refused }
  try {
    return await runLayers({ clock: machine.clock, ...set, layers, onLayer, signal, timeoutMs })
  } finally {
    set.close()
  }
}

function findingOf({ what, cause, next }: Problem): Finding {
  return { state: 'failed', summary: what, ...(cause ? { cause } : {}), remedy: { text: next } }
}

async function makerOf({ provider }: DatabaseTarget): Promise<MakeLayers> {
  if (provider === 'MsSqlServer') return (await import('../sql-server/layers.ts')).mssqlLayers
  return (await import('../postgres/layers.ts')).postgresLayers
}
