import { StartFailure } from './failure.ts'
import type { JsonNode } from './lenient-json.ts'
import { readLenientJson } from './lenient-json.ts'

/** One client as the `Clients` setting describes it. */
export interface ClientSetting {
  readonly clientId: string | undefined
  readonly clientName: string | undefined
  readonly secrets: readonly string[]
  readonly grantTypes: readonly string[]
  readonly scopes: readonly string[]
  readonly redirectUris: readonly string[]
  readonly postLogoutRedirectUris: readonly string[]
  readonly corsOrigins: readonly string[]
  readonly properties: ReadonlyMap<string, string>
  /** Seconds. */
  readonly identityTokenLifetime: number
  /** Seconds. */
  readonly accessTokenLifetime: number
}

const LIST = 'System.Collections.Generic.List`1[System.String]'
const DICTIONARY = 'System.Collections.Generic.Dictionary`2[System.String,System.String]'

/**
 * Reads the `Clients` setting: a JSON array in a string. An empty string means no clients. Unknown members are
 * passed over, names count in any case. Throws a StartFailure in Newtonsoft.Json's words.
 */
export function readClients(text: string): readonly ClientSetting[] {
  if (text.trim() === '') return []
  const root = readLenientJson(text)
  if (!Array.isArray(root.value))
    throw wrongShape(root, 'System.Collections.Generic.List`1[IdentityService.ClientSetting]')
  return root.value.map(readClient)
}

function readClient(node: JsonNode): ClientSetting {
  if (!(node.value instanceof Map)) throw wrongShape(node, 'IdentityService.ClientSetting')
  const members = new Map([...node.value].map(([name, value]) => [name.toLowerCase(), value]))
  const text = (name: string) => textOf(members.get(name.toLowerCase()))
  const texts = (name: string) => textsOf(members.get(name.toLowerCase()))
  const seconds = (name: string, otherwise: number) => wholeOf(members.get(name.toLowerCase())) ?? otherwise
  return {
    clientId: text('ClientId'),
    clientName: text('ClientName'),
    secrets: texts('Secrets'),
    grantTypes: texts('AllowedGrantTypes'),
    scopes: texts('AllowedScopes'),
    redirectUris: texts('RedirectUris'),
    postLogoutRedirectUris: texts('PostLogoutRedirectUris'),
    corsOrigins: texts('AllowedCorsOrigins'),
    properties: propertiesOf(members.get('properties')),
    identityTokenLifetime: seconds('IdentityTokenLifetime', 300),
    accessTokenLifetime: seconds('AccessTokenLifetime', 3600),
  }
}

function textOf(node: JsonNode | undefined): string | undefined {
  if (node === undefined || node.value === null) return undefined
  if (typeof node.value === 'object') throw wrongShape(node, 'System.String')
  return String(node.value)
}

function textsOf(node: JsonNode | undefined): readonly string[] {
  if (node === undefined || node.value === null) return []
  if (!Array.isArray(node.value)) throw wrongShape(node, LIST)
  return node.value.map(textOf).filter((text) => text !== undefined)
}

function propertiesOf(node: JsonNode | undefined): ReadonlyMap<string, string> {
  if (node === undefined || node.value === null) return new Map()
  if (!(node.value instanceof Map)) throw wrongShape(node, DICTIONARY)
  return new Map([...node.value].map(([name, value]) => [name, textOf(value) ?? '']))
}

function wholeOf(node: JsonNode | undefined): number | undefined {
  const text = textOf(node)
  if (text === undefined) return undefined
  if (/^-?\d+$/.test(text)) return Number(text)
  throw wrongShape(node!, 'System.Int32')
}

function wrongShape({ value, place }: JsonNode, type: string): StartFailure {
  const name = 'Newtonsoft.Json.JsonSerializationException'
  if (value === null || typeof value !== 'object')
    return new StartFailure(
      name,
      `Error converting value ${JSON.stringify(value)} to type '${type}'. ${place}`,
      {
        type: 'System.ArgumentException',
        message: `Could not cast or convert from System.String to ${type}.`,
      },
    )
  const [kind, example] = Array.isArray(value) ? ['array', '[1,2,3]'] : ['object', '{"name":"value"}']
  const wanted = type.includes('List`') ? 'JSON array (e.g. [1,2,3])' : 'different JSON value'
  return new StartFailure(
    name,
    `Cannot deserialize the current JSON ${kind} (e.g. ${example}) into type '${type}' because the type requires a ${wanted} to deserialize correctly.\n${place}`,
  )
}
