import { problemOf, type Problem } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { localEndpoint, readDiscovery } from '../oidc/discovery.ts'
import { type ExpectedKey, findKey, type KeySet, type PublishedKey, readKeys } from '../oidc/keys.ts'
import { fetchVerifiedToken, isRefusal } from '../oidc/verified-token.ts'
import type { Secret } from '../secrets/secret.ts'
import { readClients } from '../service/clients.ts'
import type { AskedService } from './explain-failure.ts'
import { readSigningFile } from './signing-file.ts'
import { answeredByAnother, isOurs, trustIn } from './service-place.ts'

/** A running service and the files that say what it should sign with. */
export interface SigningService extends AskedService {
  /** PEM file of an HTTPS certificate to trust. */
  readonly trust?: string
  /** The service’s settings on this machine: the client’s secret is read from them. */
  readonly settings: string
  readonly clientId: string
}

/** What the service signs with, as it shows from outside. */
export type SigningLook =
  | {
      readonly state: 'proven'
      readonly kid: string
      /** Why there is no token beside the published key: the service refuses the client, or no secret of it is known. */
      readonly withoutToken?: string
    }
  /** It publishes other keys than the one wanted. */
  | { readonly state: 'other-key'; readonly published: readonly string[] }
  | { readonly state: 'no-token' | 'silent'; readonly problem: Problem }

/** Finds the key that is wanted among the published ones. */
export type WantedKey = (keys: KeySet) => PublishedKey | undefined

/** Which key a PFX holds. */
export interface PfxKey {
  readonly jwk: ExpectedKey
  readonly thumbprint: string
}

const ASK_MS = 5000

/**
 * The key in a PFX that the service can sign with.
 * @throws SetupError as `readSigningFile`
 */
export async function readPfxKey(machine: Machine, file: string): Promise<PfxKey> {
  const { publicJwk, thumbprint } = await readSigningFile(machine, file)
  return { jwk: publicJwk!, thumbprint }
}

/**
 * The published key that equals the one in a PFX: public keys are compared, not their names. With another certificate
 * it is not the one: a renewed certificate can have the former one's key.
 */
export function keyOf({ jwk, thumbprint }: PfxKey): WantedKey {
  return (keys) => {
    const match = findKey(keys, jwk, thumbprint)
    return match.found && match.certificate !== 'other' ? match.key : undefined
  }
}

/** The secret of the service's client, as its settings have it; undefined where they do not or cannot be read. */
export async function clientSecretIn(
  machine: Machine,
  { settings, clientId }: Pick<SigningService, 'settings' | 'clientId'>,
): Promise<Secret | undefined> {
  try {
    const bytes = await machine.files.read(settings)
    return bytes && readClients(bytes, settings).find(({ id }) => id === clientId)?.secrets[0]
  } catch {
    return undefined
  }
}

/** The names of the keys that a service publishes; empty where it does not answer. */
export async function publishedNames(machine: Machine, service: SigningService): Promise<readonly string[]> {
  try {
    return namesOf((await askKeys(machine, service)).keys)
  } catch {
    return []
  }
}

/** Whether the service publishes the wanted key and signs a token with it. Never rejects. */
export async function lookAtSigning(
  machine: Machine,
  service: SigningService,
  wanted: WantedKey,
): Promise<SigningLook> {
  try {
    const { document, keys, options } = await askKeys(machine, service)
    const key = wanted(keys)
    if (!key) return { state: 'other-key', published: namesOf(keys) }
    if (!(await isOurs(machine, service.place)))
      return { state: 'silent', problem: answeredByAnother(service.localUrl) }
    const proven = { state: 'proven', kid: nameOf(key) } as const
    const { clientId: id, localUrl } = service
    const secret = await clientSecretIn(machine, service)
    if (!secret) return { ...proven, withoutToken: `no secret of the client ${id} stands in the settings` }
    const source = { network: machine.network, clock: machine.clock, localUrl, client: { id, secret } }
    try {
      await fetchVerifiedToken(source, document, options, { keys: [key] })
      return proven
    } catch (error) {
      const problem = problemOf(error)
      return isRefusal(problem)
        ? { ...proven, withoutToken: `the service refuses the client ${id}` }
        : { state: 'no-token', problem }
    }
  } catch (error) {
    return { state: 'silent', problem: problemOf(error) }
  }
}

async function askKeys(machine: Machine, { localUrl, trust }: SigningService) {
  const pem = await trustIn(machine, trust)
  const options = { timeoutMs: ASK_MS, ...(pem === undefined ? {} : { trust: [pem] }) }
  const document = await readDiscovery(machine.network, localUrl, options)
  const keys = await readKeys(machine.network, localEndpoint(localUrl, document.jwks_uri), options)
  return { document, keys, options }
}

function namesOf({ keys }: KeySet): readonly string[] {
  return keys.map(nameOf)
}

function nameOf({ kid, kty }: PublishedKey): string {
  return kid ?? `${kty} without a name`
}
