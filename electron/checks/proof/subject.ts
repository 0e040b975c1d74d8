import type { DatabaseTarget } from '../../database/target.ts'
import type { FailureEvidence } from '../../diagnosis/diagnose.ts'
import type { IdentityDatabase } from '../../database/identity-database.ts'
import { openDatabase } from '../../database/open-database.ts'
import type { Machine } from '../../machine/machine.ts'
import { localEndpoint, readDiscovery, type DiscoveryDocument } from '../../oidc/discovery.ts'
import { readKeys, type KeySet } from '../../oidc/keys.ts'
import type { Secret } from '../../secrets/secret.ts'

export interface ProofTarget {
  readonly machine: Machine
  readonly publicUrl: string
  /** The address by which this machine reaches the service; the same as `publicUrl` where nothing stands between. */
  readonly localUrl: string
  /** PEM of a self-signed HTTPS certificate. */
  readonly trust?: string
  readonly pfx: string
  /** The database as this machine reaches it; asked only for what is proven by it. */
  readonly database: () => Promise<DatabaseTarget>
  /** `id` is empty where the settings name no client of Creatio, `secret` missing where they do not hold it. */
  readonly client: { readonly id: string; readonly secret?: Secret }
  /** Told of every secret that comes up, such as a token, before it is used. */
  readonly hide: (secret: Secret) => void
  /** Looks at the service itself. Of one that runs, `since` is when its log begins to be of interest. */
  readonly service?: (since: Date) => Promise<ServiceLook>
}

/** The service as its host sees it, whatever it answers. */
export interface ServiceLook {
  /** In words, such as “The container identity”. */
  readonly name: string
  readonly ended: boolean
  readonly exitCode?: number
  /** Its host runs and answers in its place: it could not start. */
  readonly failedAtStart?: true
  /** What it wrote: of a service that has ended the last lines, redacted. */
  readonly log: string
  /** What else its host says, redacted. */
  readonly evidence?: FailureEvidence
  /** A command line that starts it. */
  readonly start?: string
}

/** What is proven. What several checks need is asked for once. */
export class ProofSubject {
  readonly target: ProofTarget
  #discovery: Promise<DiscoveryDocument> | undefined
  #keys: Promise<KeySet> | undefined
  #database: Promise<IdentityDatabase> | undefined
  #service: Promise<ServiceLook | undefined> | undefined
  readonly #since: Date

  constructor(target: ProofTarget) {
    this.target = target
    this.#since = target.machine.clock.now()
  }

  get options() {
    const { trust } = this.target
    return trust === undefined ? {} : { trust: [trust] }
  }

  /** The discovery document as this machine gets it. */
  discovery(): Promise<DiscoveryDocument> {
    return (this.#discovery ??= readDiscovery(
      this.target.machine.network,
      this.target.localUrl,
      this.options,
    ))
  }

  async keys(): Promise<KeySet> {
    const { jwks_uri } = await this.discovery()
    return (this.#keys ??= readKeys(this.target.machine.network, this.local(jwks_uri), this.options))
  }

  /** Undefined where nothing is known but what the service answers. */
  service(): Promise<ServiceLook | undefined> {
    return (this.#service ??= Promise.resolve(this.target.service?.(this.#since)))
  }

  database(): Promise<IdentityDatabase> {
    const { machine, database } = this.target
    return (this.#database ??= database().then((target) => openDatabase(machine, target)))
  }

  /** An endpoint's address by the way this machine takes. */
  local(endpoint: string): string {
    return localEndpoint(this.target.localUrl, endpoint)
  }

  async close(): Promise<void> {
    await this.#database?.then((database) => database.close()).catch(() => {})
  }
}
