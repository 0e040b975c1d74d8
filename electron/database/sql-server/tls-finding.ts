import type { Evidence } from '../../contract/check.ts'
import { dayOf, distrustWords } from '../connection-test/certificate-words.ts'
import { isLoopback } from '../connection-test/reach-layers.ts'
import type { Finding } from '../connection-test/layers.ts'
import type { MssqlSettings } from './settings.ts'
import { nameWanted, type OfferedCertificate, type TlsOffer } from './tls.ts'

const ENCRYPT_OFF = 'Turn encryption on at the server, or add “Encrypt=False” where the network is trusted.'

/**
 * Judges a server's TLS as the service's driver would with this connection string.
 * @param complete whether this machine's trusted certificates are really known
 */
export function judgeTls(settings: MssqlSettings, port: number, offer: TlsOffer, complete: boolean): Finding {
  switch (offer.kind) {
    case 'not-sql-server':
      return {
        state: 'failed',
        summary: `What answers at port ${port} is not SQL Server`,
        remedy: { text: 'Enter the port of SQL Server; it is 1433 unless someone changed it.' },
      }
    case 'not-strict':
      return {
        state: 'failed',
        summary: 'The server does not speak Encrypt=Strict',
        driverMessage: offer.said,
        cause:
          'Encrypt=Strict is TDS 8.0, which SQL Server 2022 and later speak when they have a certificate.',
        remedy: { text: 'Set “Encrypt=True”, which every version understands.' },
      }
    case 'failed':
      return {
        state: 'failed',
        summary: 'The server and this machine do not agree on TLS',
        driverMessage: offer.said,
        cause: 'The server may offer nothing newer than TLS 1.0, or have trouble with its certificate.',
        remedy: { text: 'Update the server so that it offers TLS 1.2, and read its error log.' },
      }
    case 'refused':
      return settings.encrypt === 'optional' ? nothingEncrypted(settings) : noEncryption()
    case 'offered':
      return judgeCertificate(settings, offer, complete)
  }
}

function noEncryption(): Finding {
  return {
    state: 'failed',
    summary: 'The server does not encrypt, and the connection string insists on it',
    cause:
      'The service’s driver encrypts unless told otherwise, since version 4 of Microsoft.Data.SqlClient.',
    remedy: { text: ENCRYPT_OFF },
  }
}

function nothingEncrypted({ host }: MssqlSettings): Finding {
  return {
    state: isLoopback(host) ? 'not-applicable' : 'warning',
    summary: 'The server does not encrypt; the password can be read on the way',
  }
}

function judgeCertificate(
  settings: MssqlSettings,
  { required, certificate }: Extract<TlsOffer, { kind: 'offered' }>,
  complete: boolean,
): Finding {
  const facts = factsOf(certificate)
  const { protocol, distrust } = certificate
  if (settings.encrypt === 'optional' && !required)
    return { state: 'not-applicable', summary: 'Only the login is encrypted: Encrypt is off', facts }
  const by = `${protocol}, certificate of ${certificate.issuer}`
  const until = `until ${dayOf(certificate.notAfter)}`
  const unchecked = settings.trustServerCertificate && settings.encrypt !== 'strict'
  if (certificate.pinned === false && !unchecked) return { ...OTHER_THAN_NAMED, facts }
  if (certificate.pinned && !unchecked)
    return { state: 'passed', summary: `${by}, the one that ServerCertificate names, ${until}`, facts }
  if (distrust === undefined) return { state: 'passed', summary: `${by} trusted, ${until}`, facts }
  const cause = distrustWords(
    distrust,
    nameWanted(settings),
    'The certificate is self-signed, as the one that SQL Server makes for itself',
  )
  // Strict checks in any case. https://learn.microsoft.com/sql/connect/ado-net/connection-string-syntax
  if (unchecked)
    return {
      state: 'passed',
      summary: `${by} not checked, ${until}`,
      cause: `TrustServerCertificate=True takes any certificate. Checked, it would fail: ${cause}`,
      facts,
    }
  return {
    // No password is sent to a server that could not be checked, so the later layers stay untried too.
    state: complete ? 'failed' : 'not-tried',
    summary: `${by} not trusted, ${until}`,
    driverMessage: distrust,
    cause: complete
      ? cause + unreadPin(settings, certificate)
      : 'This program cannot read which certificates this machine trusts; the service may accept it.',
    remedy: { text: remedyFor(distrust, settings) },
    facts,
  }
}

/** The driver says nothing of a file that it cannot read. */
function unreadPin({ serverCertificate }: MssqlSettings, { pinned }: OfferedCertificate): string {
  if (serverCertificate === undefined || pinned !== undefined) return ''
  return ` The file that ServerCertificate names (${serverCertificate}) is not there or holds no certificate; the driver goes on without it.`
}

const OTHER_THAN_NAMED: Finding = {
  state: 'failed',
  summary: 'The server shows another certificate than ServerCertificate names',
  cause: 'The server’s certificate was renewed, or another server answers.',
  remedy: {
    text: 'Name a file with the server’s certificate of today, or take “ServerCertificate” out to have it checked by who issued it.',
  },
}

function factsOf({ protocol, subject, issuer, notAfter, distrust }: OfferedCertificate): readonly Evidence[] {
  return [
    { label: 'Protocol', value: protocol },
    { label: 'Certificate made out to', value: subject },
    { label: 'Issued by', value: issuer },
    { label: 'Valid until', value: dayOf(notAfter) },
    { label: 'Trusted by this machine', value: distrust === undefined ? 'yes' : `no (${distrust})` },
  ]
}

function remedyFor(distrust: string, { encrypt }: MssqlSettings): string {
  const skip =
    encrypt === 'strict'
      ? ''
      : ', or add “TrustServerCertificate=True” to encrypt without checking, where the network is trusted'
  if (/ALTNAME/.test(distrust))
    return `Enter the server by the name in its certificate, add “HostNameInCertificate=…”${skip}.`
  return `Install a certificate at the server that this machine trusts, let this machine trust the issuer${skip}.`
}
