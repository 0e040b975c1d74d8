import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatabaseDrivers, Provider } from '../../../electron/contract/database.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import { serviceForm } from '../../../electron/database/connection/service-form.ts'
import type { LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { testConnection } from '../../../electron/database/connection-test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { startService, writeSettings } from './service-process.ts'

/** As the settings name it. */
export interface SeededClient {
  readonly ClientId: string
  readonly Secrets: readonly [string]
  readonly AllowedGrantTypes: readonly string[]
  readonly AllowedScopes: readonly string[]
}

/** The published service, and what every start of it needs. */
export interface ServiceUnderTest {
  readonly program: string
  readonly folder: string
  readonly pfx: string
  readonly client: SeededClient
  readonly drivers: DatabaseDrivers
}

export interface Outcome {
  /** Whether our layered test calls the connection string good. */
  readonly green: boolean
  /** Its first layer that failed or could not tell, in its words. */
  readonly why: string
  readonly starts: boolean
  /** The client of the settings gets a token: it was seeded, and is read. */
  readonly token: boolean
  /** What the service says when it ends instead. */
  readonly stderr: string
}

/** What our test says of a connection string, and what the service does with it as we would write it. */
export async function outcomeOf(
  service: ServiceUnderTest,
  provider: Provider,
  text: string,
  /** Where the service is to go, when that is elsewhere. */
  textOfService = text,
): Promise<Outcome> {
  const tested = await layersOf(service, provider, text)
  const started = await start(service, provider, textOfService)
  return { ...tested, ...started }
}

async function layersOf(
  { drivers }: ServiceUnderTest,
  provider: Provider,
  text: string,
): Promise<Pick<Outcome, 'green' | 'why'>> {
  try {
    const { connectionString } = serviceForm(new Secret(text), provider, { drivers })
    const target = { provider, connectionString, drivers }
    const layers = await testConnection(realMachine(), target, { timeoutMs: 10_000 })
    // A layer that says nothing is no green one.
    const failed = layers.find(({ state }) => state === 'failed' || state === 'not-tried')
    return { green: !failed, why: failed ? said(failed) : '' }
  } catch (error) {
    if (error instanceof SetupError) return { green: false, why: error.message }
    throw error
  }
}

function said({ id, summary, driverMessage = '', cause = '' }: LayerResult): string {
  return `${id}: ${summary} ${driverMessage} ${cause}`
}

async function start(
  { program, folder, pfx, client, drivers }: ServiceUnderTest,
  provider: Provider,
  text: string,
): Promise<Pick<Outcome, 'starts' | 'token' | 'stderr'>> {
  const own = await mkdtemp(join(folder, 'form-'))
  await writeSettings(own, {
    Logging: { LogLevel: { Default: 'Critical' } },
    DbProvider: provider === 'PostgreSQL' ? 'Postgres' : 'MsSqlServer',
    DatabaseConnectionString: written(text, provider, drivers),
    X509CertificatePath: pfx,
    IssuerUri: 'creatio.com',
    Clients: JSON.stringify([client]),
  })
  try {
    const running = await startService(program, own)
    const token = await getsToken(running.url, client)
    const { stderr } = await running.stop()
    return { starts: true, token, stderr }
  } catch (error) {
    return { starts: false, token: false, stderr: String(error) }
  }
}

async function getsToken(url: string, { ClientId, Secrets }: SeededClient): Promise<boolean> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: ClientId,
    client_secret: Secrets[0],
  })
  const { ok } = await fetch(`${url}/connect/token`, { method: 'POST', body })
  return ok
}

/** What cannot be read is written as it is: the service has to say no by itself. */
function written(text: string, provider: Provider, drivers: DatabaseDrivers): string {
  try {
    return serviceForm(new Secret(text), provider, { drivers }).connectionString.open()
  } catch (error) {
    if (error instanceof SetupError) return text
    throw error
  }
}

/** Carries out two at a time: a start computes for a second on one core. */
export async function inPairs<Item, Result>(
  items: readonly Item[],
  carry: (item: Item) => Promise<Result>,
): Promise<Map<Item, Result>> {
  const results = new Map<Item, Result>()
  const left = [...items]
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift())
      results.set(item, await carry(item))
  }
  await Promise.all([worker(), worker()])
  return results
}
