import { type Problem, SetupError } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'
import type { KeySet } from './keys.ts'

export interface VerifyExpectations {
  readonly expectedClientId: string
  /** From the discovery document. */
  readonly issuer: string
  readonly now: Date
}

/** What a verified token says; holds nothing secret. */
export interface VerifiedToken {
  readonly keyId?: string
  readonly algorithm: string
  readonly scopes: readonly string[]
  readonly expires: Date
}

/** The service and this machine may be different hosts with different clocks. */
const CLOCK_TOLERANCE = '60s'

/**
 * Checks a token as an API would: signed by a published key, of type at+jwt (RFC 9068), in date, from the issuer, for the client.
 *
 * @throws SetupError `token.signature`, `token.unknown-key`, `token.expired`, `token.claim`, `token.unreadable`
 */
export async function verifyToken(
  token: Secret,
  keys: KeySet,
  { expectedClientId, issuer, now }: VerifyExpectations,
): Promise<VerifiedToken> {
  const jose = await import('jose')
  try {
    const keySet = jose.createLocalJWKSet({ keys: keys.keys.map((key) => ({ ...key })) } as never)
    const { payload, protectedHeader } = await jose.jwtVerify(token.open(), keySet, {
      issuer,
      typ: 'at+jwt',
      // The service signs with its certificate; a shared secret or no signature proves nothing.
      algorithms: ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'],
      requiredClaims: ['exp', 'client_id'],
      currentDate: now,
      clockTolerance: CLOCK_TOLERANCE,
    })
    if (payload['client_id'] !== expectedClientId)
      throw new SetupError(claimProblem('client_id', 'It is made out to another client.'))
    return {
      ...(protectedHeader.kid !== undefined && { keyId: protectedHeader.kid }),
      algorithm: protectedHeader.alg,
      scopes: scopesOf(payload['scope']),
      expires: new Date(payload.exp! * 1000),
    }
  } catch (error) {
    throw error instanceof SetupError ? error : new SetupError(problemFor(error))
  }
}

/** A list in this service's tokens, one text in those of others. */
function scopesOf(scope: unknown): string[] {
  const scopes: unknown[] = typeof scope === 'string' ? scope.split(' ') : Array.isArray(scope) ? scope : []
  return scopes.filter((item): item is string => typeof item === 'string' && item !== '')
}

function problemFor(error: unknown): Problem {
  const { code, claim } = error as { code?: string; claim?: string }
  if (code === 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED')
    return {
      code: 'token.signature',
      what: 'The token is not signed by the key that the service publishes.',
      cause: 'Two instances of the service with different certificates, or one that was not restarted.',
      next: 'Restart every instance of the service and try again.',
    }
  if (code === 'ERR_JWKS_NO_MATCHING_KEY' || code === 'ERR_JWKS_MULTIPLE_MATCHING_KEYS')
    return {
      code: 'token.unknown-key',
      what: 'The token is signed by a key that the service does not publish.',
      cause: 'Two instances of the service with different certificates, or one that was not restarted.',
      next: 'Restart every instance of the service and try again.',
    }
  if (code === 'ERR_JWT_EXPIRED' || claim === 'nbf')
    return {
      code: 'token.expired',
      what: code === 'ERR_JWT_EXPIRED' ? 'The token has already expired.' : 'The token is not valid yet.',
      cause: 'The clocks of this machine and of the service differ.',
      next: 'Set the clocks of both hosts by a time server.',
    }
  if (code === 'ERR_JWT_CLAIM_VALIDATION_FAILED')
    return claimProblem(
      claim ?? 'unknown',
      `Its ${claim ?? 'content'} is missing or another one than expected.`,
    )
  return {
    code: 'token.unreadable',
    what: 'What the service gives as a token cannot be verified.',
    next: 'Check that the Identity Service itself answers at the token address.',
    // The library's own code only: its messages may hold parts of the token.
    ...(code === undefined ? {} : { details: [code] }),
  }
}

function claimProblem(claim: string, cause: string): Problem {
  return {
    code: 'token.claim',
    what: `The token is genuine and not the one expected (${claim}).`,
    cause,
    next: 'Check that the Identity Service URL leads to the service set up here.',
  }
}
