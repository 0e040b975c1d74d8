import { dayOf, distrustWords } from '../connection-test/certificate-words.ts'
import type { Finding } from '../connection-test/layers.ts'
import { before6, tlsVerifies, type PostgresSettings, type SslMode } from './settings.ts'
import type { TlsOffer, TlsTrust } from './tls.ts'
import { isLoopback } from '../connection-test/reach-layers.ts'

/** The modes of Npgsql 5 and before. https://www.npgsql.org/doc/release-notes/6.0.html */
const KNOWN_BEFORE_6: readonly SslMode[] = ['Disable', 'Prefer', 'Require']

type Offered = Extract<TlsOffer, { kind: 'offered' }>

/** Judges a server's TLS as Npgsql would with this connection string. */
export function judgeTls(settings: PostgresSettings, offer: TlsOffer, trust: TlsTrust): Finding {
  if (settings.sslMode === undefined)
    return {
      state: 'failed',
      summary: `“${settings.sslModeText}” is not an SSL Mode`,
      remedy: { text: 'Set SSL Mode to Disable, Allow, Prefer, Require, VerifyCA or VerifyFull.' },
    }
  if (before6(settings) && !KNOWN_BEFORE_6.includes(settings.sslMode))
    return {
      state: 'failed',
      summary: `SSL Mode=${settings.sslMode} is not known to the service’s Npgsql ${settings.npgsql}`,
      remedy: { text: 'Set SSL Mode=Require, which checks the certificate there.' },
    }
  if (offer.kind === 'not-direct')
    return {
      state: 'failed',
      summary: 'The server does not begin with TLS, as SSL Negotiation=Direct wants it',
      driverMessage: offer.said,
      cause: 'PostgreSQL takes that from version 17 on, and only where TLS is on.',
      remedy: {
        text: 'Take “SSL Negotiation” out, and TLS is asked for first, which every version understands.',
      },
    }
  if (offer.kind === 'not-postgres') return notPostgres(settings, offer.said)
  if (settings.sslMode === 'Disable')
    return { state: 'not-applicable', summary: 'Not used: the connection string says SSL Mode=Disable' }
  if (settings.sslMode === 'Allow')
    return { state: 'not-applicable', summary: 'Used only if the server insists: SSL Mode=Allow' }
  return offer.kind === 'refused' ? judgeRefusal(settings) : judgeCertificate(settings, offer, trust)
}

function notPostgres({ port }: PostgresSettings, said: string): Finding {
  return {
    state: 'failed',
    summary: `What answers at port ${port} is not PostgreSQL`,
    cause:
      said === ''
        ? 'It closed the connection when it was spoken to as PostgreSQL.'
        : 'It answered in another language than PostgreSQL’s, as a web server would.',
    remedy: { text: 'Enter the port of PostgreSQL; it is 5432 unless someone changed it.' },
  }
}

function judgeRefusal({ host, sslMode }: PostgresSettings): Finding {
  if (sslMode === 'Prefer')
    return {
      state: isLoopback(host) ? 'passed' : 'warning',
      summary: 'The server offers no TLS; what is sent is not encrypted',
    }
  return {
    state: 'failed',
    summary: `The server offers no TLS, and SSL Mode=${sslMode} insists on it`,
    remedy: {
      text: 'Turn TLS on at the server (ssl = on in postgresql.conf), or set SSL Mode=Prefer where the network is trusted.',
    },
  }
}

function judgeCertificate(settings: PostgresSettings, offer: Offered, trust: TlsTrust): Finding {
  const until = `to ${dayOf(offer.notAfter)}`
  const found: Pick<Finding, 'summary' | 'cause'> =
    offer.distrust === undefined
      ? { summary: `${offer.protocol}, certificate trusted, ${until}` }
      : {
          summary: `${offer.protocol}, certificate not trusted, ${until}`,
          cause: distrustWords(offer.distrust, settings.host),
        }
  const unchecked = requireUnchecked(settings, found)
  if (unchecked) return unchecked
  const verifies = tlsVerifies(settings)
  if (offer.distrust === undefined && verifies && settings.checkRevocation)
    return {
      state: 'warning',
      ...found,
      cause:
        'Check Certificate Revocation makes the service ask the issuer whether the certificate is revoked; this program does not ask.',
      remedy: {
        text: 'Check that the service’s machine reaches the issuer’s list, which the certificate names.',
      },
    }
  if (offer.distrust === undefined || !verifies) return { state: 'passed', ...found }
  return {
    // No password is sent to a server that could not be checked, so the later layers stay untried too.
    state: trust.complete ? 'failed' : 'not-tried',
    ...found,
    driverMessage: offer.distrust,
    ...(trust.complete
      ? {}
      : {
          cause:
            'This program cannot read which certificates this machine trusts; the service may accept it.',
        }),
    remedy: {
      text: `Name the issuer’s certificate file with “Root Certificate=…”, let this machine trust the issuer, or set SSL Mode=Require to encrypt without checking.`,
    },
  }
}

/** What is to be said of `SSL Mode=Require` without `Trust Server Certificate=true`, which not every Npgsql takes. */
function requireUnchecked(
  { sslMode, trustServerCertificate, npgsql, requireChecks }: PostgresSettings,
  found: Pick<Finding, 'summary' | 'cause'>,
): Finding | undefined {
  if (sslMode !== 'Require' || trustServerCertificate) return undefined
  if (requireChecks === 'nothing' || requireChecks === 'certificate') return undefined
  if (requireChecks === 'refused-without-trust')
    return {
      state: 'failed',
      ...found,
      cause: `The service’s Npgsql ${npgsql} refuses SSL Mode=Require without “Trust Server Certificate=true”.`,
      remedy: { text: 'Add “Trust Server Certificate=true”, or set SSL Mode=VerifyFull.' },
    }
  return {
    state: 'warning',
    ...found,
    remedy: {
      text: 'Add “Trust Server Certificate=true” if the service is built with Npgsql 6 or 7, which refuse SSL Mode=Require without it.',
    },
  }
}
