import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { type PfxContents, readPfx } from '../../../service/pfx.ts'
import type { SimulatedCertificate } from '../../state.ts'
import type { SimulatedServer } from '../../tool.ts'
import { cryptographicException, DotNetException, type Json, type Script, textIn } from './script.ts'

/** AES in PKCS#12 (PBES2), which Windows reads since build 16299. */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex')
const AES_BUILD = 16_299
const ERROR_INVALID_PASSWORD = 86

/** Imports a real PFX into LocalMachine\My, and the issuers it brings into LocalMachine\CA. */
export const importCertificate: Script = async (question, server) => {
  const { keys, certificates } = await open(question, server)
  const all = certificates.map((der) => new X509Certificate(der))
  const owners = keys.flatMap((key) => {
    const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
    const certificate = all.find((each) => createPublicKey(privateKey).equals(each.publicKey))
    return certificate ? [{ certificate, privateKey }] : []
  })
  const [own] = owners
  if (own === undefined || owners.length !== 1) return { keys: owners.length, added: [] }
  const thumbprint = thumbprintOf(own.certificate)
  const { state } = server
  if (state.certificates.some((each) => each.thumbprint === thumbprint))
    return { keys: 1, thumbprint, added: [] }
  if (!state.token.elevated) throw cryptographicException(server, 5)
  const issuers = all.filter((each) => each !== own.certificate && each.subject !== each.issuer)
  state.certificates.push({
    thumbprint,
    friendlyName: '',
    hasPrivateKey: true,
    keyUsable: true,
    pem: own.certificate.toString(),
    chainPem: chainOf(own.certificate, [
      ...all,
      ...(state.issuers ?? []).map(({ pem }) => new X509Certificate(pem)),
    ]),
    protectedKey: server.protect(own.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string),
  } satisfies SimulatedCertificate)
  return { keys: 1, thumbprint, added: [{ store: 'My', thumbprint }, ...addIssuers(server, issuers)] }
}

async function open(question: Json, server: SimulatedServer): Promise<PfxContents> {
  const bytes = Buffer.from(textIn(question, 'pfx'), 'base64')
  if (!readsPfx(bytes, server)) throw wrongPassword()
  // The class takes a bare certificate too; then there is just no key.
  try {
    return { keys: [], certificates: [new X509Certificate(bytes).raw] }
  } catch {
    // Not that, then.
  }
  try {
    return await readPfx(bytes, textIn(question, 'password'))
  } catch (error) {
    if (/password/i.test(String(error))) throw wrongPassword()
    throw new DotNetException(
      'System.Security.Cryptography.CryptographicException',
      0x80092009,
      'Cannot find the requested object.',
    )
  }
}

/** Whether this Windows is new enough for how a PFX is encrypted. */
export function readsPfx(bytes: Uint8Array, { state }: SimulatedServer): boolean {
  return state.system.build >= AES_BUILD || !Buffer.from(bytes).includes(PBES2)
}

/** Unverified on a real server: the number, ERROR_INVALID_PASSWORD as an HRESULT. */
function wrongPassword(): DotNetException {
  return new DotNetException(
    'System.Security.Cryptography.CryptographicException',
    0x80070000 | ERROR_INVALID_PASSWORD,
    'The specified network password is not correct.\r\n',
  )
}

function addIssuers({ state }: SimulatedServer, issuers: readonly X509Certificate[]): Json[] {
  const known = new Set((state.issuers ?? []).map(({ thumbprint }) => thumbprint))
  const fresh = issuers.filter((issuer) => !known.has(thumbprintOf(issuer)))
  if (fresh.length > 0)
    state.issuers = [
      ...(state.issuers ?? []),
      ...fresh.map((issuer) => ({ thumbprint: thumbprintOf(issuer), pem: issuer.toString() })),
    ]
  return fresh.map((issuer) => ({ store: 'CA', thumbprint: thumbprintOf(issuer) }))
}

/** The issuers that are at hand, the nearest first; a certificate that is its own issuer ends the chain. */
function chainOf(certificate: X509Certificate, at: readonly X509Certificate[]): string[] {
  const chain: X509Certificate[] = []
  for (let last = certificate; last.subject !== last.issuer;) {
    const issuer = at.find((each) => last.checkIssued(each) && !chain.includes(each))
    if (issuer === undefined) break
    chain.push(issuer)
    last = issuer
  }
  return chain.map((each) => each.toString())
}

function thumbprintOf({ fingerprint }: X509Certificate): string {
  return fingerprint.replaceAll(':', '')
}
