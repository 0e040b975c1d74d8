import type { DatabaseLayerId, Evidence } from '../../contract/check.ts'
import type { ServiceIdentity } from '../../contract/database.ts'
import type { Clock, Machine } from '../../machine/machine.ts'
import type { DatabaseTarget } from '../target.ts'

/** A connection is tested in layers, always in this order. */
const LAYERS = [
  'name',
  'tcp',
  'tls',
  'login',
  'server',
  'rights',
  'schema',
] as const satisfies readonly DatabaseLayerId[]
export type LayerId = (typeof LAYERS)[number]

/** What one layer found. */
export interface Finding {
  readonly state: 'passed' | 'warning' | 'failed' | 'not-applicable' | 'not-tried'
  /** One line for the installer. */
  readonly summary: string
  /** What was read on the way, such as version, encoding and free connections. */
  readonly facts?: readonly Evidence[]
  /** The driver's own words. */
  readonly driverMessage?: string
  readonly cause?: string
  readonly remedy?: LayerRemedy
}

interface LayerRemedy {
  /** Starts with a verb. */
  readonly text: string
  /** For the owner of the database to run. */
  readonly sql?: string
}

export interface LayerResult extends Omit<Finding, 'state'> {
  readonly id: LayerId
  readonly state: Finding['state'] | 'running'
  /** Milliseconds it took, whole. */
  readonly ms: number
}

/** Tries one layer. What it throws is explained by {@link LayerRun.explain}; it must end soon after an abort. */
export type TryLayer = (signal: AbortSignal) => Promise<Finding>

/** The layers of one database, ready to be tried in order; later ones use what earlier ones opened. */
export interface LayerSet {
  readonly layers: Readonly<Record<LayerId, TryLayer>>
  readonly explain: (error: unknown) => Finding
  /** Closes what the layers left open. */
  readonly close: () => void
}

/**
 * Makes a provider's layers. `identity`: whom the database will see, where the service logs in as the account it runs under.
 * @throws SetupError `database.connection-string` when the text is not one.
 */
export type MakeLayers = (machine: Machine, target: DatabaseTarget, identity?: ServiceIdentity) => LayerSet

export interface LayerRun {
  readonly clock: Clock
  readonly layers: Readonly<Record<LayerId, TryLayer>>
  /** Turns what a layer threw into a failed finding. */
  readonly explain: (error: unknown) => Finding
  readonly onLayer?: ((layer: LayerResult) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** For each layer. */
  readonly timeoutMs: number
}

/**
 * Tries the layers one after another, each with its own time limit, and tells each as it begins and ends. After
 * a layer that failed, was cancelled or could not be tried, the rest is `not-tried`. Never rejects, never hangs: a
 * layer that does not end is left behind.
 */
export async function runLayers(run: LayerRun): Promise<readonly LayerResult[]> {
  const results: LayerResult[] = []
  const tell = (layer: LayerResult): LayerResult => {
    run.onLayer?.(layer)
    return layer
  }
  let goesOn = true
  for (const id of LAYERS) {
    if (!goesOn || run.signal?.aborted) {
      results.push(tell({ id, state: 'not-tried', summary: 'Not tried', ms: 0 }))
      continue
    }
    tell({ id, state: 'running', summary: 'Trying', ms: 0 })
    const started = run.clock.monotonic()
    const finding = await tryWithin(run, run.layers[id])
    const ms = Math.round(run.clock.monotonic() - started)
    results.push(tell({ id, ...finding, ms }))
    goesOn = finding.state !== 'failed' && finding.state !== 'not-tried'
  }
  return results
}

async function tryWithin(run: LayerRun, tryLayer: TryLayer): Promise<Finding> {
  const over = new AbortController()
  let cancel = (): void => undefined
  const cancelled = new Promise<Finding>((resolve) => {
    cancel = () => {
      resolve({ state: 'not-tried', summary: 'Cancelled' })
      over.abort()
    }
  })
  run.signal?.addEventListener('abort', cancel)
  // Whoever is told of the layer may have cancelled already.
  if (run.signal?.aborted) cancel()
  const late = run.clock.sleep(run.timeoutMs, over.signal).then(
    () => tooLate(run.timeoutMs),
    // The sleep ends early only when the race is over.
    () => cancelled,
  )
  try {
    return await Promise.race([tryLayer(over.signal).catch(run.explain), late, cancelled])
  } finally {
    over.abort()
    run.signal?.removeEventListener('abort', cancel)
  }
}

function tooLate(timeoutMs: number): Finding {
  return {
    state: 'failed',
    summary: `No answer within ${timeoutMs / 1000} seconds`,
    cause: 'Something takes the connection and says nothing, or a firewall drops it silently.',
    remedy: {
      text: 'Check that the server and port are those of the database, and that no firewall stands between.',
    },
  }
}
