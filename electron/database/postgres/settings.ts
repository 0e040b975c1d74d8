import type { DatabaseDrivers } from '../../contract/database.ts'
import { Secret } from '../../secrets/secret.ts'
import { parseConnectionString } from '../connection/connection-string.ts'
import { requireChecks, sslModeByDefault } from '../connection/driver-defaults.ts'
import { optionOf } from '../connection/options.ts'

/** https://www.npgsql.org/doc/security.html#encryption-ssltls */
const SSL_MODES = ['Disable', 'Allow', 'Prefer', 'Require', 'VerifyCA', 'VerifyFull'] as const
export type SslMode = (typeof SSL_MODES)[number]
const CHANNEL_BINDINGS = ['Disable', 'Prefer', 'Require'] as const
/** https://www.npgsql.org/doc/connection-string-parameters.html#timeouts-and-keepalive */
const DEFAULT_TIMEOUT = 15

/** What Npgsql would do with a connection string, as far as connecting goes. */
export interface PostgresSettings {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
  readonly password?: Secret
  /** As Npgsql reads it; undefined when the text is none of its modes. */
  readonly sslMode: SslMode | undefined
  /** The mode as written, for showing. */
  readonly sslModeText: string
  readonly trustServerCertificate: boolean
  /** Path of a PEM file that takes the place of the system's trusted certificates. */
  readonly rootCertificate?: string
  /** What the service shows of itself to servers that want that: a file as PFX or PEM, and for PEM perhaps the key's own. */
  readonly ownCertificate?: { readonly file: string; readonly key?: string; readonly password?: Secret }
  /** `Check Certificate Revocation`, which this program cannot do. */
  readonly checkRevocation: boolean
  /** `SSL Negotiation=Direct`: TLS from the first byte on. https://www.npgsql.org/doc/security.html */
  readonly directTls: boolean
  /** Whether the login is to be bound to the TLS connection it is made over. */
  readonly channelBinding: 'Disable' | 'Prefer' | 'Require'
  /** The one way of logging in that Npgsql takes, in its own spelling. */
  readonly requireAuth?: string
  /** A file holds the password, which the service's account reads. */
  readonly passfile: boolean
  /** Seconds for connecting and logging in; 0 means without end. */
  readonly timeout: number
  readonly searchPath?: string
  readonly timeZone?: string
  readonly clientEncoding?: string
  /** What is sent to the server at the start of a session, such as `-c role=…`. */
  readonly startOptions?: string
  /** Major version of the service's Npgsql, and what it makes of `SSL Mode=Require`; left out where it is not known. */
  readonly npgsql?: number
  readonly requireChecks?: ReturnType<typeof requireChecks>
}

/** @throws SetupError `database.connection-string` when the text is not one. */
export function postgresSettings(connectionString: Secret, drivers?: DatabaseDrivers): PostgresSettings {
  const parts = parseConnectionString(connectionString, 'PostgreSQL')
  const option = (canonical: string): string | undefined => optionOf(parts, 'PostgreSQL', canonical)
  const isTrue = (canonical: string): boolean => /^\s*true\s*$/i.test(option(canonical) ?? '')
  const sslModeText = option('SSL Mode') ?? sslModeByDefault(drivers)
  return {
    // Npgsql takes an IPv6 address with or without brackets; sockets want none.
    host: parts.server.replace(/^\[(.*)\]$/, '$1'),
    port: parts.port ?? 5432,
    database: parts.database,
    user: parts.user,
    ...(parts.password ? { password: parts.password } : {}),
    sslMode: SSL_MODES.find((mode) => isSame(mode, sslModeText)),
    sslModeText,
    trustServerCertificate: isTrue('Trust Server Certificate'),
    checkRevocation: isTrue('Check Certificate Revocation'),
    directTls: isSame(option('SSL Negotiation'), 'Direct'),
    channelBinding: CHANNEL_BINDINGS.find((mode) => isSame(mode, option('Channel Binding'))) ?? 'Prefer',
    ...ownCertificateOf(option),
    passfile: option('Passfile') !== undefined,
    timeout: Number(option('Timeout') ?? DEFAULT_TIMEOUT),
    ...defined({
      requireAuth: option('Require Auth')?.trim(),
      rootCertificate: option('Root Certificate'),
      searchPath: option('Search Path'),
      timeZone: option('Timezone'),
      clientEncoding: option('Client Encoding'),
      startOptions: option('Options'),
    }),
    ...(drivers?.npgsql === undefined
      ? {}
      : { npgsql: Number.parseInt(drivers.npgsql, 10), requireChecks: requireChecks(drivers) }),
  }
}

function ownCertificateOf(
  option: (canonical: string) => string | undefined,
): Pick<PostgresSettings, 'ownCertificate'> {
  const file = option('SSL Certificate')
  const [key, password] = [option('SSL Key'), option('SSL Password')]
  if (file === undefined) return {}
  return {
    ownCertificate: {
      file,
      ...(key === undefined ? {} : { key }),
      ...(password === undefined ? {} : { password: new Secret(password) }),
    },
  }
}

function isSame(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.trim().toLowerCase() === other?.trim().toLowerCase()
}

function defined<Key extends string>(texts: Readonly<Record<Key, string | undefined>>) {
  const filled = Object.entries(texts).filter(([, text]) => text !== undefined)
  return Object.fromEntries(filled) as Partial<Record<Key, string>>
}

/** Npgsql before 6.0, which has other modes and checks certificates in all that encrypt. */
export function before6(settings: PostgresSettings): boolean {
  return settings.requireChecks === 'certificate'
}

/**
 * Whether Npgsql checks the server's certificate when it encrypts with these settings.
 * https://www.npgsql.org/doc/security.html#encryption-ssltls, https://www.npgsql.org/doc/release-notes/6.0.html
 */
export function tlsVerifies(settings: PostgresSettings): boolean {
  if (before6(settings)) return !settings.trustServerCertificate
  return settings.sslMode === 'VerifyCA' || settings.sslMode === 'VerifyFull'
}

/** Whether Npgsql begins with TLS at all, and not only when a server refuses it without. */
export function tlsIsTried({ sslMode }: PostgresSettings): boolean {
  return sslMode !== undefined && sslMode !== 'Disable' && sslMode !== 'Allow'
}
