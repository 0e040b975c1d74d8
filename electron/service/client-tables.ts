import { entryProperty, entryText, locateClients } from './clients.ts'
import { parseSettings } from './settings-tree.ts'
import { decodeText } from '../text/encoding.ts'

/**
 * The lists of a client by the table that holds their items.
 * https://github.com/IdentityServer/IdentityServer4/blob/main/src/EntityFramework.Storage/src/Entities/Client.cs
 */
const LISTS: Readonly<Record<string, string>> = {
  ClientClaims: 'Claims',
  ClientCorsOrigins: 'AllowedCorsOrigins',
  ClientGrantTypes: 'AllowedGrantTypes',
  ClientIdPRestrictions: 'IdentityProviderRestrictions',
  ClientPostLogoutRedirectUris: 'PostLogoutRedirectUris',
  ClientProperties: 'Properties',
  ClientRedirectUris: 'RedirectUris',
  ClientScopes: 'AllowedScopes',
}

/** How many rows of a table the settings give a client; 0 for a table that they know nothing of. */
export function rowsFromSettings(bytes: Uint8Array, id: string, table: string, file?: string): number {
  const list = Object.hasOwn(LISTS, table) ? LISTS[table]! : undefined
  const entries = locateClients(parseSettings(decodeText(bytes, file).text, file))?.entries ?? []
  const entry = entries.find((each) => entryText(each, 'ClientId') === id)
  return (list !== undefined && entry && entryProperty(entry, list)?.children?.length) || 0
}
