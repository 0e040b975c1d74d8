import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Client {
  readonly id: string
  readonly secret: string
}

const PATIENCE_MS = 20_000

/** The client of this name in the settings of a service. @throws Error when there is not exactly one */
export async function clientIn(folder: string, name: string): Promise<Client> {
  const text = await readFile(join(folder, 'appsettings.json'), 'utf8')
  const { Clients } = JSON.parse(text.replace(/^\uFEFF/, '')) as { readonly Clients: string }
  const all = JSON.parse(Clients) as { ClientId: string; ClientName: string; Secrets: string[] }[]
  const [found, ...more] = all.filter(({ ClientName }) => ClientName === name)
  const secret = found?.Secrets[0]
  if (!found || secret === undefined || more.length > 0)
    throw new Error(`The settings do not hold exactly one client “${name}” with a secret.`)
  return { id: found.ClientId, secret }
}

/** What a service says to a client that asks for a token: the error, or the scopes that the token holds, in order. */
export async function tokenFor(url: string, { id, secret }: Client): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: id,
    client_secret: secret,
  })
  // A connection that is kept would outlive the worker process that answered on it.
  const headers = { connection: 'close' }
  const request = { method: 'POST', body, headers, signal: AbortSignal.timeout(PATIENCE_MS) }
  const answer = await fetch(`${url}/connect/token`, request)
  const said = (await answer.json()) as { access_token?: string; error?: string }
  if (said.access_token === undefined) return said.error ?? `neither token nor error, but ${answer.status}`
  const [, payload = ''] = said.access_token.split('.')
  const { scope } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { scope: string | string[] }
  return [scope].flat().join(' ').split(' ').toSorted().join(' ')
}
