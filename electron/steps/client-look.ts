import { problemOf, type Problem, SetupError } from '../contract/problem.ts'
import { secretMatches } from '../database/secret-matches.ts'
import type { Machine } from '../machine/machine.ts'
import { localEndpoint, readDiscovery } from '../oidc/discovery.ts'
import { fetchToken } from '../oidc/token.ts'
import { fetchVerifiedToken, isRefusal } from '../oidc/verified-token.ts'
import type { Secret } from '../secrets/secret.ts'
import type { AskedService } from './explain-failure.ts'
import { answeredByAnother, isOurs, trustIn } from './service-place.ts'
import { withDatabase } from './service-database.ts'
import type { ServiceFiles } from './service-settings.ts'

/** A client by what it shows when it asks for a token. */
interface AskingClient {
  readonly id: string
  readonly secret: Secret
  /** May it have a token for itself? Where not, the service’s own word for that is the proof that it knows the client. */
  readonly mayAsk: boolean
}

/** A running service, asked in the name of a client. */
export interface ClientService extends AskedService {
  /** PEM file of an HTTPS certificate to trust. */
  readonly trust?: string
  readonly client: AskingClient
  /** Whom the service must not accept any more. */
  readonly former?: { readonly id: string; readonly secret: Secret }
}

/** What the service says to a client. */
export type ClientLook =
  | { readonly state: 'proven'; readonly token: boolean }
  | { readonly state: 'refused' | 'no-token' | 'silent'; readonly problem: Problem }
  | { readonly state: 'former-works' }

const ASK_MS = 5000

/**
 * Asks a service once. Never rejects.
 *
 * Unverified on a real server: whether the vendor's service keeps clients in its memory for a while, so that a worker
 * process of before still accepts one whose rows are gone. It is asked until it does not, and the restart ends it.
 */
export async function lookAtClient(machine: Machine, service: ClientService): Promise<ClientLook> {
  const { localUrl, client, former, place } = service
  try {
    const pem = await trustIn(machine, service.trust)
    const options = { timeoutMs: ASK_MS, ...(pem === undefined ? {} : { trust: [pem] }) }
    const document = await readDiscovery(machine.network, localUrl, options)
    if (!(await isOurs(machine, place))) return { state: 'silent', problem: answeredByAnother(localUrl) }
    const { network, clock } = machine
    const refusal = await fetchVerifiedToken({ network, clock, localUrl, client }, document, options).then(
      () => undefined,
      problemOf,
    )
    const known = refusal === undefined || (!client.mayAsk && refusal.code === 'token.unauthorized-client')
    if (!known) return { state: isRefusal(refusal) ? 'refused' : 'no-token', problem: refusal }
    if (former) {
      const endpoint = localEndpoint(localUrl, document.token_endpoint)
      const said = await fetchToken(network, endpoint, former.id, former.secret, options).then(
        () => undefined,
        problemOf,
      )
      // That it may not have the grant or scope is said to a client whose secret fits.
      if (said?.code !== 'token.invalid-client')
        return said && !isRefusal(said) ? { state: 'no-token', problem: said } : { state: 'former-works' }
    }
    return { state: 'proven', token: refusal === undefined }
  } catch (error) {
    return { state: 'silent', problem: problemOf(error) }
  }
}

/** What the service’s database has to hold of a client. */
export interface WantedRow {
  readonly service: ServiceFiles
  readonly id: string
  readonly secret: Secret
  readonly scopes: readonly string[]
  readonly grantTypes: readonly string[]
  readonly formerId: string
  /** `Clients.Id` of the row that had to go. */
  readonly row?: number
}

/**
 * Whether the database holds the client as wanted, and no longer the former one.
 * @returns the client’s `Clients.Id`
 * @throws SetupError `client.not-made`, `client.not-as-made`, `client.former-there`; those of `withDatabase`
 */
export async function proveRow(machine: Machine, wanted: WantedRow): Promise<number> {
  const { id, secret, formerId, row } = wanted
  return withDatabase(machine, wanted.service, async (database) => {
    const found = await database.client(id)
    if (!found || found.key === row) throw notMade(id)
    if (formerId !== id && (await database.client(formerId))) throw formerThere(formerId)
    const shared = found.secrets.filter(({ type }) => type === 'SharedSecret')
    if (shared.length === 0 || !shared.every(({ value }) => secretMatches(secret, value)))
      throw notAsMade(id, 'Its secret is another one.')
    const missing = (of: 'scopes' | 'grantTypes') => wanted[of].filter((each) => !found[of].includes(each))
    const [scopes, grants] = [missing('scopes'), missing('grantTypes')]
    if (scopes.length > 0) throw notAsMade(id, `It lacks the scopes ${scopes.join(', ')}.`)
    if (grants.length > 0) throw notAsMade(id, `It lacks the grant types ${grants.join(', ')}.`)
    return found.key
  })
}

function notMade(id: string): SetupError {
  return new SetupError({
    code: 'client.not-made',
    what: `The service has not made the client ${id}.`,
    cause: 'It reads its clients from other settings, or it uses another database.',
    next: 'Compare Clients and DatabaseConnectionString, as the service sees them, with the settings that were written.',
  })
}

function notAsMade(id: string, cause: string): SetupError {
  return new SetupError({
    code: 'client.not-as-made',
    what: `The service has made the client ${id}, and not as its settings say.`,
    cause,
    next: 'Compare Clients, as the service sees it, with the settings that were written.',
  })
}

function formerThere(id: string): SetupError {
  return new SetupError({
    code: 'client.former-there',
    what: `The former client ${id} is in the database again.`,
    cause: 'Another entry of Clients, or another service that uses this database, has made it.',
    next: 'Look which settings still name it, and remove it there.',
  })
}
