/** What the vendor's pages ask for; their own sample id has 13 characters, so other lengths work too. */
export const CLIENT_ID_LENGTH = 16
export const CLIENT_SECRET_LENGTH = 32

/** Columns `Clients.ClientId` and `Clients.ClientName` (IdentityServer4, schema of version 4). */
export const CLIENT_ID_LIMIT = 200
export const CLIENT_NAME_LIMIT = 200
/** Stored as a hash; the limit is that of the column `ClientSecrets.Value`. */
export const CLIENT_SECRET_LIMIT = 4000
