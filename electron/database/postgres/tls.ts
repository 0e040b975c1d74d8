import { isIP } from 'node:net'
import tls from 'node:tls'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { tlsVerifies, type PostgresSettings } from './settings.ts'
import { openSocket, readFirst } from '../test/sockets.ts'
import { trustedRoots } from '../trusted-roots.ts'

/** "May I speak TLS", the first message of a PostgreSQL client: length 8, code 80877103. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f])

/** What the server offered when it was asked for TLS. */
export type TlsOffer =
  | { readonly kind: 'not-postgres'; readonly said: string }
  | { readonly kind: 'refused' }
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
}

/**
 * The certificates that the service would trust.
 * @throws SetupError `database.root-certificate` when the file of `Root Certificate` is not there.
 */
export async function trustOf(machine: Machine, settings: PostgresSettings): Promise<TlsTrust> {
  if (settings.rootCertificate === undefined) {
    const { certificates, complete } = await trustedRoots(machine)
    return { ca: certificates, complete }
  }
  const bytes = await machine.files.read(settings.rootCertificate)
  if (bytes) return { ca: [Buffer.from(bytes).toString('utf8')], complete: true }
  throw new SetupError({
    code: 'database.root-certificate',
    what: 'The file that “Root Certificate” names is not there.',
    where: { file: settings.rootCertificate },
    next: 'Correct the path, or remove “Root Certificate” to trust what this machine trusts.',
  })
}

/** Options of Node's TLS that check what Npgsql checks in this mode. */
export function tlsOptions(settings: PostgresSettings, trust: TlsTrust): tls.ConnectionOptions {
  return {
    ca: [...trust.ca],
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
    socket.write(SSL_REQUEST)
    const answer = (await readFirst(socket, 1)).toString('latin1')
    if (answer === 'N') return { kind: 'refused' }
    if (answer !== 'S') return { kind: 'not-postgres', said: answer }
    const secure = tls.connect({
      ...tlsOptions(settings, trust),
      socket,
      host: settings.host,
      rejectUnauthorized: false,
    })
    await new Promise((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject))
    return offerOf(secure)
  } finally {
    socket.destroy()
  }
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
