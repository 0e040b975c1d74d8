import { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import tls from 'node:tls'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { tlsIsTried, tlsVerifies, type PostgresSettings } from './settings.ts'
import { openSocket, readFirst } from '../connection-test/sockets.ts'
import { trustedRoots } from '../trusted-roots.ts'

/** "May I speak TLS", the first message of a PostgreSQL client: length 8, code 80877103. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/** What the server offered when it was asked for TLS. */
export type TlsOffer =
  | { readonly kind: 'not-postgres'; readonly said: string }
  | { readonly kind: 'refused' }
  /** The server does not begin with TLS, as `SSL Negotiation=Direct` wants it. */
  | { readonly kind: 'not-direct'; readonly said: string }
  | {
      readonly kind: 'offered'
      /** Such as `TLS 1.3`. */
      readonly protocol: string
      readonly notAfter: Date
      /** Node's code for why the certificate is not trusted, such as `DEPTH_ZERO_SELF_SIGNED_CERT`; left out when it is. */
      readonly distrust?: string
    }

export interface TlsTrust {
  readonly ca: readonly string[]
  /** See {@link trustedRoots}. */
  readonly complete: boolean
  /** What is shown to a server that wants a certificate of the client. */
  readonly own?: Pick<tls.SecureContextOptions, 'cert' | 'key' | 'pfx' | 'passphrase'>
}

/**
 * The certificates that the service would trust, and its own where the connection string names one.
 * @throws SetupError `database.root-certificate`, `database.ssl-certificate` when a file is not there or holds none.
 */
export async function trustOf(machine: Machine, settings: PostgresSettings): Promise<TlsTrust> {
  const own = settings.ownCertificate ? { own: await ownOf(machine, settings.ownCertificate) } : {}
  const file = settings.rootCertificate
  if (file === undefined) {
    const { certificates, complete } = await trustedRoots(machine)
    return { ca: certificates, complete, ...own }
  }
  const bytes = await machine.files.read(file)
  if (!bytes) throw rootCertificateProblem(file, 'is not there')
  return { ca: [pemOf(bytes, file)], complete: true, ...own }
}

/** A PFX by its name, anything else as PEM, as Npgsql tells them apart. */
async function ownOf(
  machine: Machine,
  { file, key: keyFile = file, password }: NonNullable<PostgresSettings['ownCertificate']>,
): Promise<NonNullable<TlsTrust['own']>> {
  const read = async (path: string): Promise<Buffer> => {
    const bytes = await machine.files.read(path)
    if (bytes) return Buffer.from(bytes)
    throw ownCertificateProblem(path, 'is not there')
  }
  const secret = password ? { passphrase: password.open() } : {}
  const own = /\.pfx$/i.test(file)
    ? { pfx: await read(file), ...secret }
    : { cert: await read(file), key: await read(keyFile), ...secret }
  try {
    tls.createSecureContext(own)
    return own
  } catch {
    throw ownCertificateProblem(file, 'cannot be used with its key and “SSL Password”')
  }
}

function ownCertificateProblem(file: string, what: string): SetupError {
  return new SetupError({
    code: 'database.ssl-certificate',
    what: `The file that “SSL Certificate” or “SSL Key” names ${what}.`,
    where: { file },
    next: 'Correct “SSL Certificate”, “SSL Key” and “SSL Password”, or take them out.',
  })
}

/** Certificates as PEM, of a file that holds them as PEM or one of them as DER, as Npgsql takes both. */
function pemOf(bytes: Uint8Array, file: string): string {
  try {
    const first = new X509Certificate(bytes).toString()
    const text = Buffer.from(bytes).toString('latin1')
    return text.includes('-----BEGIN ') ? text : first
  } catch {
    throw rootCertificateProblem(file, 'holds no certificate')
  }
}

function rootCertificateProblem(file: string, what: string): SetupError {
  return new SetupError({
    code: 'database.root-certificate',
    what: `The file that “Root Certificate” names ${what}.`,
    where: { file },
    next: 'Correct the path, or remove “Root Certificate” to trust what this machine trusts.',
  })
}

/** Options of Node's TLS that check what Npgsql checks in this mode. */
export function tlsOptions(settings: PostgresSettings, trust: TlsTrust): tls.ConnectionOptions {
  return {
    ca: [...trust.ca],
    ...trust.own,
    rejectUnauthorized: tlsVerifies(settings),
    // A name for SNI; an address must not be sent as one.
    ...(isIP(settings.host) ? {} : { servername: settings.host }),
    ...(settings.sslMode === 'VerifyCA' ? { checkServerIdentity: () => undefined } : {}),
  }
}

/** Asks the server for TLS on a connection of its own, logs nobody in, and looks at its certificate. */
export async function askForTls(
  settings: PostgresSettings,
  trust: TlsTrust,
  signal: AbortSignal,
): Promise<TlsOffer> {
  const socket = await openSocket(settings.host, settings.port, signal)
  try {
    if (settings.directTls && tlsIsTried(settings)) return await beginWithTls(socket, settings, trust)
    socket.write(SSL_REQUEST)
    const answer = (await readFirst(socket, 1)).toString('latin1')
    if (answer === 'N') return { kind: 'refused' }
    if (answer !== 'S') return { kind: 'not-postgres', said: answer }
    return offerOf(await shakeHands(socket, settings, trust))
  } finally {
    socket.destroy()
  }
}

/** https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL */
async function beginWithTls(socket: Socket, settings: PostgresSettings, trust: TlsTrust): Promise<TlsOffer> {
  try {
    return offerOf(await shakeHands(socket, settings, trust, { ALPNProtocols: ['postgresql'] }))
  } catch (error) {
    return { kind: 'not-direct', said: (error as Error).message }
  }
}

async function shakeHands(
  socket: Socket,
  settings: PostgresSettings,
  trust: TlsTrust,
  more: tls.ConnectionOptions = {},
): Promise<tls.TLSSocket> {
  const secure = tls.connect({
    ...tlsOptions(settings, trust),
    ...more,
    socket,
    host: settings.host,
    rejectUnauthorized: false,
  })
  await new Promise<void>((resolve, reject) => {
    secure.once('secureConnect', resolve).once('error', reject)
    secure.once('close', () => reject(new Error('The server closed the connection.')))
  })
  return secure
}

function offerOf(secure: tls.TLSSocket): TlsOffer {
  // Typed as an Error, but a code such as `CERT_HAS_EXPIRED` in fact.
  const distrust = secure.authorized ? undefined : String(secure.authorizationError)
  return {
    kind: 'offered',
    protocol: (secure.getProtocol() ?? 'TLS').replace('TLSv', 'TLS '),
    notAfter: new Date(secure.getPeerCertificate().valid_to),
    ...(distrust === undefined ? {} : { distrust }),
  }
}
