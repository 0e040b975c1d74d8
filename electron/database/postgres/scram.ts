import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import type { Secret } from '../../secrets/secret.ts'

/** PostgreSQL's own numbers. https://www.postgresql.org/docs/current/catalog-pg-authid.html */
const ITERATIONS = 4096
const SALT_BYTES = 16

/**
 * What the server stores of a password, so that the password itself is neither sent nor written to its log:
 * `SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>`. The password must be {@link sameForAll}.
 * https://www.rfc-editor.org/rfc/rfc5802#section-3, https://www.rfc-editor.org/rfc/rfc7677
 */
export async function scramVerifier(password: Secret, salt = randomBytes(SALT_BYTES)): Promise<string> {
  const salted = await promisify(pbkdf2)(password.open(), salt, ITERATIONS, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const serverKey = createHmac('sha256', salted).update('Server Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest()
  return `SCRAM-SHA-256$${ITERATIONS}:${salt.toString('base64')}$${storedKey.toString('base64')}:${serverKey.toString('base64')}`
}

/** Spaces and invisible marks, which SASLprep turns into others or leaves out (RFC 3454, tables B.1 and C.1.2). */
const CHANGED_BY_SASLPREP = /[^\P{Zs} ]|\p{Default_Ignorable_Code_Point}|\u1806/u

/**
 * Whether Npgsql makes the same bytes of a password as the driver of this program, which prepares it by SASLprep: marks
 * that SASLprep leaves out stay with Npgsql.
 * https://github.com/npgsql/npgsql/blob/main/src/Npgsql/Internal/NpgsqlConnector.Auth.cs
 */
export function sameForNpgsql(password: Secret): boolean {
  return !CHANGED_BY_SASLPREP.test(password.open().normalize('NFKC'))
}

/**
 * Whether every driver makes the same bytes of a password: libpq and the server prepare it by SASLprep (RFC 4013), Npgsql by
 * Unicode's form KC alone.
 */
export function sameForAll(password: Secret): boolean {
  const text = password.open()
  return (
    text !== '' && !CHANGED_BY_SASLPREP.test(text) && !/\p{Cc}/u.test(text) && text.normalize('NFKC') === text
  )
}
