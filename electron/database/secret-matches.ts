import { createHash, timingSafeEqual } from 'node:crypto'
import type { Secret } from '../secrets/secret.ts'

/**
 * Whether a client secret is the one whose hash the service stored: Base64 of SHA-256 (44 characters) or SHA-512
 * (88) of its UTF-8 bytes. False for any other stored text.
 * https://github.com/IdentityServer/IdentityServer4/blob/main/src/IdentityServer4/src/Validation/Default/HashedSharedSecretValidator.cs
 */
export function secretMatches(secret: Secret, storedHash: string): boolean {
  const stored = Buffer.from(storedHash, 'base64')
  const algorithm = { 32: 'sha256', 64: 'sha512' }[stored.length]
  if (algorithm === undefined) return false
  return timingSafeEqual(createHash(algorithm).update(secret.open(), 'utf8').digest(), stored)
}
