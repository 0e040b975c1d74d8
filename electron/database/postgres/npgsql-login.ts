import type { Finding } from '../connection-test/layers.ts'
import { sameForNpgsql } from './scram.ts'
import type { PostgresSettings } from './settings.ts'

/** How a server asked for the login. */
export interface AskedLogin {
  /** In Npgsql’s words, which are those of `Require Auth`. */
  readonly way: 'None' | 'Password' | 'MD5' | 'ScramSHA256'
  /** Whether it offered to bind the login to the TLS connection (SCRAM-SHA-256-PLUS). */
  readonly bound: boolean
}

/** A login that the server takes from this program, and that the service's driver would not make. */
export class NotByNpgsql extends Error {
  readonly finding: Finding

  constructor(finding: Omit<Finding, 'state'>, state: 'failed' | 'not-tried' = 'failed') {
    super(finding.summary)
    this.name = 'NotByNpgsql'
    this.finding = { state, ...finding }
  }
}

/**
 * Refuses to say anything of a login with a password that Npgsql prepares in another way: whether this one is let in
 * tells nothing of that.
 * @throws NotByNpgsql
 */
export function refuseUntold({ user, password }: PostgresSettings, { way }: AskedLogin): void {
  if (way !== 'ScramSHA256' || password === undefined || sameForNpgsql(password)) return
  throw new NotByNpgsql(
    {
      summary: `Whether the service’s login as ${user} is let in cannot be told here`,
      cause:
        'The password holds signs that are not seen, such as those in some emoji. The service’s driver sends them, and other programs leave them out.',
      remedy: { text: 'Give the user a password of letters, digits and signs of the keyboard.' },
    },
    'not-tried',
  )
}

/**
 * Refuses a login that Npgsql would not make with the same connection string.
 * https://github.com/npgsql/npgsql/blob/main/src/Npgsql/Internal/NpgsqlConnector.Auth.cs
 * @throws NotByNpgsql
 */
export function refuseAsNpgsql(
  { channelBinding, requireAuth }: PostgresSettings,
  { way, bound }: AskedLogin,
): void {
  if (channelBinding === 'Require' && way === 'ScramSHA256' && !bound)
    throw new NotByNpgsql({
      summary: 'The server does not bind the login to TLS, and Channel Binding=Require insists on it',
      cause: 'Channel binding needs TLS all the way to the server, and PostgreSQL 11 or later.',
      remedy: {
        text: 'Set Channel Binding=Prefer, or set SSL Mode=VerifyFull and turn TLS on at the server.',
      },
    })
  if (requireAuth !== undefined && requireAuth !== way)
    throw new NotByNpgsql({
      summary: `The server asks for the login by ${way}, and Require Auth=${requireAuth} insists on another way`,
      remedy: { text: 'Take “Require Auth” out, or let the server ask that way (pg_hba.conf).' },
    })
}
