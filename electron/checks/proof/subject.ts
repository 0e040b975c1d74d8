import type { DatabaseTarget } from '../../database/target.ts'
import { openDatabase, type IdentityDatabase } from '../../database/identity-database.ts'
import type { Machine } from '../../machine/machine.ts'
import { readDiscovery, type DiscoveryDocument } from '../../oidc/discovery.ts'
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
  /** The database as this machine reaches it. */
  readonly database: DatabaseTarget
  readonly client: { readonly id: string; readonly secret: Secret }
  /** Told of every secret that comes up, such as a token, before it is used. */
  readonly hide: (secret: Secret) => void
}

/** What is proven. What several checks need is asked for once. */
export class ProofSubject {
  readonly target: ProofTarget
  #discovery: Promise<DiscoveryDocument> | undefined
  #keys: Promise<KeySet> | undefined
  #database: Promise<IdentityDatabase> | undefined

  constructor(target: ProofTarget) {
    this.target = target
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

  database(): Promise<IdentityDatabase> {
    return (this.#database ??= openDatabase(this.target.machine, this.target.database))
  }

  /**
   * An endpoint's address by the way this machine takes: the document names the scheme and host by which the service
   * thinks it is called, and whether those are right is a check of its own.
   */
  local(endpoint: string): string {
    const { pathname, search } = new URL(endpoint)
    const base = new URL(this.target.localUrl)
    return `${base.origin}${pathname}${search}`
  }

  async close(): Promise<void> {
    await this.#database?.then((database) => database.close()).catch(() => {})
  }
}
