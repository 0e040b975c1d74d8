import { isIP } from 'node:net'
import { domainToASCII } from 'node:url'
import { SetupError } from '../contract/problem.ts'
import type { Random } from '../machine/machine.ts'
import { writePfx } from './pkcs12/write.ts'
import { selfSigned } from './self-signed.ts'
import type { MadeCertificate } from './signing.ts'

export interface TlsWishes {
  /** Names and addresses the service is called by; the first is the subject. */
  readonly hosts: readonly string[]
  /** Default {@link TLS_DAYS}. */
  readonly days?: number
  readonly now: Date
  readonly random: Random
  readonly signal?: AbortSignal
}

/** Days for which one is valid that nobody has a wish for: browsers refuse longer ones. */
export const TLS_DAYS = 397

/**
 * Makes a self-signed certificate for HTTPS by Kestrel, meant for development: nobody trusts it until it is
 * imported. It is never the signing certificate, so replacing one leaves the other alone.
 *
 * @throws SetupError `certificate.host`, `certificate.days`
 */
export async function createTlsCertificate(wishes: TlsWishes): Promise<MadeCertificate> {
  const { names, common } = tlsNames(wishes.hosts)
  const { certificate, privateKey, ...facts } = await selfSigned({
    key: 'RSA-2048',
    subject: [{ type: 'CN', value: common }],
    days: wishes.days ?? TLS_DAYS,
    now: wishes.now,
    random: wishes.random,
    extensions: (x509) => [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment,
        true,
      ),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(names),
    ],
    ...(wishes.signal && { signal: wishes.signal }),
  })
  const pfx = await writePfx({
    certificates: [certificate],
    privateKey,
    friendlyName: 'Identity Service HTTPS',
    profile: 'AES-256',
    random: wishes.random,
  })
  return { pfx, subject: `CN=${common}`, ...facts }
}

/** What a certificate for these hosts is called. @throws SetupError `certificate.host` */
export function tlsNames(hosts: readonly string[]): {
  readonly names: { type: 'dns' | 'ip'; value: string }[]
  readonly common: string
} {
  const names = hosts.map((host) => alternativeName(host))
  const first = names[0]
  if (first === undefined) throw refusedHost('No host is named.')
  // A common name holds 64 characters; readers go by the alternative names.
  return { names, common: first.value.slice(0, 64) }
}

function alternativeName(host: string): { type: 'dns' | 'ip'; value: string } {
  const bare = host.trim().replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) !== 0) return { type: 'ip', value: bare }
  const wildcard = bare.startsWith('*.') ? '*.' : ''
  const ascii = domainToASCII(bare.slice(wildcard.length))
  if (
    !/^(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*$/.test(
      ascii,
    )
  )
    throw refusedHost(`“${host}” is not a host name or an address.`)
  return { type: 'dns', value: wildcard + ascii }
}

function refusedHost(what: string): SetupError {
  return new SetupError({
    code: 'certificate.host',
    what,
    next: 'Name the hosts the service is called by, such as identity.example.com or 192.0.2.10.',
  })
}
