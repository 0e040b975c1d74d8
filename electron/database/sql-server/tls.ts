import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import tls from 'node:tls'
import { openSocket } from '../connection-test/sockets.ts'
import { prelogin } from './prelogin.ts'
import { PreloginTunnel } from './prelogin-tunnel.ts'
import type { MssqlSettings } from './settings.ts'

/** A server's certificate as it was offered, and what this machine thinks of it. */
export interface OfferedCertificate {
  /** Such as `TLS 1.2`. */
  readonly protocol: string
  readonly subject: string
  readonly issuer: string
  readonly notAfter: Date
  /** Node's code for why it is not trusted, such as `DEPTH_ZERO_SELF_SIGNED_CERT`; left out when it is. */
  readonly distrust?: string
  /** Whether it is the one that `Server Certificate` names; left out where none is named. */
  readonly pinned?: boolean
}

/** What a certificate is judged by. */
export interface MssqlTrust {
  /** PEM texts of what this machine trusts. */
  readonly ca: readonly string[]
  /** DER; see `pinnedCertificate`. */
  readonly pin?: Buffer | undefined
}

export type TlsOffer =
  | { readonly kind: 'not-sql-server' }
  | { readonly kind: 'refused' }
  /** The server does not begin with TLS, as `Encrypt=Strict` wants it. */
  | { readonly kind: 'not-strict'; readonly said: string }
  | { readonly kind: 'failed'; readonly said: string }
  | { readonly kind: 'offered'; readonly required: boolean; readonly certificate: OfferedCertificate }

/** Asks who is there and for TLS on a connection of its own, logs nobody in, and looks at the certificate. */
export async function askForTls(
  settings: MssqlSettings,
  port: number,
  trust: MssqlTrust,
  signal: AbortSignal,
): Promise<TlsOffer> {
  const socket = await openSocket(settings.host, port, signal)
  socket.on('error', () => undefined)
  try {
    if (settings.encrypt === 'strict')
      try {
        return { kind: 'offered', required: true, certificate: await shakeHands(socket, settings, trust) }
      } catch (error) {
        return { kind: 'not-strict', said: (error as Error).message }
      }
    const encryption = await prelogin(socket)
    if (encryption === undefined) return { kind: 'not-sql-server' }
    if (encryption === 'not-supported') return { kind: 'refused' }
    try {
      const certificate = await shakeHands(new PreloginTunnel(socket), settings, trust)
      return { kind: 'offered', required: encryption === 'required', certificate }
    } catch (error) {
      return { kind: 'failed', said: (error as Error).message }
    }
  } finally {
    socket.destroy()
  }
}

/** The name that the certificate must be made out to. */
export function nameWanted({ host, nameInCertificate }: MssqlSettings): string {
  return nameInCertificate ?? host
}

async function shakeHands(
  stream: Duplex,
  settings: MssqlSettings,
  { ca, pin }: MssqlTrust,
): Promise<OfferedCertificate> {
  const strict = settings.encrypt === 'strict'
  const secure = tls.connect({
    socket: stream,
    host: nameWanted(settings),
    ca: [...ca],
    rejectUnauthorized: false,
    // An address must not be sent as a name.
    ...(isIP(settings.host) ? {} : { servername: settings.host }),
    checkServerIdentity: (_host, certificate) => tls.checkServerIdentity(nameWanted(settings), certificate),
    ...(strict ? { ALPNProtocols: ['tds/8.0'] } : { maxVersion: 'TLSv1.2' }),
  })
  await new Promise<void>((resolve, reject) => {
    secure.once('secureConnect', resolve).once('error', reject)
    secure.once('close', () => reject(new Error('The server closed the connection.')))
  })
  const certificate = secure.getPeerCertificate()
  // Typed as an Error, but a code such as `CERT_HAS_EXPIRED` in fact.
  const distrust = secure.authorized ? undefined : codeOf(secure.authorizationError)
  return {
    protocol: (secure.getProtocol() ?? 'TLS').replace('TLSv', 'TLS '),
    subject: nameIn(certificate.subject) || (certificate.subjectaltname ?? ''),
    issuer: nameIn(certificate.issuer),
    notAfter: new Date(certificate.valid_to),
    ...(distrust === undefined ? {} : { distrust }),
    ...(pin === undefined ? {} : { pinned: pin.equals(certificate.raw) }),
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error)
}

function nameIn(names: tls.Certificate): string {
  return [names.CN, names.O]
    .flat()
    .filter((name) => name !== undefined && name !== '')
    .join(', ')
}
