import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DockerSetup } from './docker-setup.ts'
import { type AskedService, requestToken } from './signing.ts'

/** Clients as settings, database and token endpoint have them, read without a line of the product. */

export type Client = AskedService['client']

/** The client of this name in the settings of a service’s folder. @throws Error when there is not exactly one */
export async function clientIn(folder: string, name = 'Creatio'): Promise<Client> {
  const text = await readFile(join(folder, 'appsettings.json'), 'utf8')
  const { Clients } = JSON.parse(text.replace(/^\uFEFF/, '')) as { Clients: string }
  const all = JSON.parse(Clients) as { ClientId: string; ClientName: string; Secrets: string[] }[]
  const [found, ...more] = all.filter(({ ClientName }) => ClientName === name)
  if (!found || more.length > 0) throw new Error(`The settings hold ${more.length} more clients ${name}.`)
  return { id: found.ClientId, secret: found.Secrets[0]! }
}

/** What the service says to a client that asks for a token: the error, or the scopes that the token itself holds. */
export async function answerTo(service: AskedService): Promise<string | readonly string[]> {
  const answer = (await (await requestToken(service)).json()) as { access_token?: string; error?: string }
  const [, payload = ''] = (answer.access_token ?? '').split('.')
  if (payload === '') return answer.error ?? 'neither token nor error'
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { scope: string[] }
  return claims.scope.toSorted()
}

const CHILDREN = [
  'ClientClaims',
  'ClientGrantTypes',
  'ClientPostLogoutRedirectUris',
  'ClientProperties',
  'ClientRedirectUris',
  'ClientScopes',
  'ClientSecrets',
]

/** All rows of all clients in a database, each as one text. */
export async function clientRows(setup: DockerSetup, database: string): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {}
  for (const table of ['Clients', ...CHILDREN])
    found[table] = await setup.sql(`select t::text as row from "${table}" t order by "Id"`, database)
  return found
}

/** A client that no settings hold, as Creatio makes them by the service’s own programming interface. */
export async function addClient(setup: DockerSetup, database: string, client: Client): Promise<void> {
  const hash = createHash('sha256').update(client.secret).digest('base64')
  await setup.sql(
    `insert into "Clients" select (jsonb_populate_record(null::"Clients",
       to_jsonb(c) || '{"Id": 900, "ClientId": "${client.id}", "ClientName": "By Creatio"}')).*
     from "Clients" c where c."ClientName" = 'Creatio';
     insert into "ClientSecrets" ("Value", "Type", "Created", "ClientId") values ('${hash}', 'SharedSecret', now(), 900);
     insert into "ClientGrantTypes" ("GrantType", "ClientId") values ('client_credentials', 900);
     insert into "ClientScopes" ("Scope", "ClientId") values ('get_service_info', 900)`,
    database,
  )
}
