import { createHash, generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Check } from '../../../../electron/checks/check.ts'
import { ProofSubject } from '../../../../electron/checks/proof/subject.ts'
import type { ClientRow, IdentityDatabase } from '../../../../electron/database/identity-database.ts'
import type { IdentityTables } from '../../../../electron/database/identity-tables.ts'
import type { HttpAnswer, HttpRequest, Machine } from '../../../../electron/machine/machine.ts'
import { SetupError } from '../../../../electron/contract/problem.ts'
import { Secret } from '../../../../electron/secrets/secret.ts'

export const LOCAL = 'http://localhost:8090'
export const NOW = new Date('2026-06-01T12:00:00Z')
export const SECRET = new Secret('Canary-7f3k-0123456789-abcdefghi')

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const publicJwk = pair.publicKey.export({ format: 'jwk' })

/** A proof neither asks for these nor changes anything. */
const unused = (): Promise<never> => Promise.reject(new Error('A proof does not ask for this.'))

export const row: ClientRow = {
  key: 1,
  clientId: 'client0123456789',
  name: 'Creatio',
  enabled: true,
  grantTypes: ['client_credentials'],
  scopes: ['IdentityServerApi', 'register_own_resource'],
  redirectUris: [],
  created: null,
  secrets: [
    {
      type: 'SharedSecret',
      value: createHash('sha256').update(SECRET.open()).digest('base64'),
      expiration: null,
    },
  ],
}

export const allTables: IdentityTables = {
  version: 'v4',
  present: ['Clients', 'ClientScopes'],
  missing: [],
  clients: 1,
}

/** A token as the service signs it. */
export function tokenFor(claims: Record<string, unknown> = {}): Promise<string> {
  const seconds = NOW.getTime() / 1000
  const usual = { client_id: row.clientId, scope: row.scopes, nbf: seconds, exp: seconds + 3600 }
  return new SignJWT({ iss: 'creatio.com', ...usual, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: 'K1', typ: 'at+jwt' })
    .sign(pair.privateKey)
}

export const json = (value: unknown, status = 200): HttpAnswer => ({
  status,
  headers: {},
  body: JSON.stringify(value),
})

export const discovery = (origin: string, more: object = {}) =>
  json({
    issuer: 'creatio.com',
    token_endpoint: `${origin}/connect/token`,
    jwks_uri: `${origin}/.well-known/openid-configuration/jwks`,
    grant_types_supported: ['client_credentials'],
    ...more,
  })

interface Asked {
  readonly url: string
  readonly request: HttpRequest | undefined
}

/** A running service with its disk and its database; good unless told otherwise. */
export interface ServiceWorld {
  readonly publicUrl?: string
  /** By address; one that is not named refuses the connection. */
  readonly answers?: Readonly<Record<string, HttpAnswer>>
  readonly pfx?: Uint8Array
  readonly now?: Date
  readonly tables?: IdentityTables
  readonly client?: ClientRow | 'none'
  readonly trust?: string
  /** What the settings say of the client; left out: its ID and its secret. */
  readonly known?: { readonly id: string; readonly secret?: Secret }
}

export async function look(check: Check<ProofSubject>, world: ServiceWorld = {}) {
  const asked: Asked[] = []
  const hidden: Secret[] = []
  const answers: Readonly<Record<string, HttpAnswer>> = {
    [`${LOCAL}/.well-known/openid-configuration`]: discovery(LOCAL),
    [`${LOCAL}/.well-known/openid-configuration/jwks`]: json({
      keys: [{ ...publicJwk, kid: 'K1', use: 'sig' }],
    }),
    [`${LOCAL}/connect/token`]: json({ access_token: await tokenFor(), expires_in: 3600 }),
    ...world.answers,
  }
  const machine = {
    files: { read: async (path: string) => (path === '/srv/openssl.pfx' ? world.pfx : undefined) },
    network: {
      http: async (url: string, request?: HttpRequest) => {
        asked.push({ url, request })
        const answer = answers[url]
        if (answer) return answer
        throw new SetupError({
          code: 'http.refused',
          what: `${url} refuses the connection.`,
          next: 'Start it.',
        })
      },
    },
    clock: { now: () => world.now ?? NOW, monotonic: () => 0 },
  } as unknown as Machine
  const database: IdentityDatabase = {
    tables: async () => world.tables ?? allTables,
    client: async (id) => {
      if (world.client === 'none') return undefined
      const found = world.client ?? row
      return found.clientId === id ? found : undefined
    },
    migrations: unused,
    clients: unused,
    mentionsOf: unused,
    rowsOf: unused,
    removeRows: unused,
    restoreRows: unused,
    close: async () => {},
  }
  const subject = new (class extends ProofSubject {
    override database = () => Promise.resolve(database)
  })({
    machine,
    publicUrl: world.publicUrl ?? LOCAL,
    localUrl: LOCAL,
    ...(world.trust === undefined ? {} : { trust: world.trust }),
    pfx: '/srv/openssl.pfx',
    database: async () => ({ provider: 'PostgreSQL', connectionString: new Secret('') }),
    client: world.known ?? { id: row.clientId, secret: SECRET },
    hide: (secret) => void hidden.push(secret),
  })
  const finding = check.look(subject)
  await finding.catch(() => {})
  return { finding, asked, hidden }
}
