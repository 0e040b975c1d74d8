/** What the vendor's pages ask for; their own sample id has 13 characters, so other lengths work too. */
export const CLIENT_ID_LENGTH = 16
export const CLIENT_SECRET_LENGTH = 32

/**
 * IdentityServer4 reads no client ID and no client secret that is longer (`InputLengthRestrictions`); its tables would
 * hold 200 and, as a hash, any number.
 *
 * Unverified on a real server: that the vendor’s build has left these limits as they are.
 */
export const CLIENT_ID_LIMIT = 100
export const CLIENT_SECRET_LIMIT = 100
/** Column `Clients.ClientName` (IdentityServer4, schema of version 4). */
export const CLIENT_NAME_LIMIT = 200
