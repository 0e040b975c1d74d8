import type { X509Certificate } from 'node:crypto'
import type { CertificateLook } from '../contract/certificate.ts'
import type { Problem } from '../contract/problem.ts'
import type { Secret } from '../secrets/secret.ts'
import { child, type Element, identifierOf, MalformedError, readElement, readFirst } from './asn1/ber.ts'
import { materialProblems as say } from './material-problems.ts'
import { pemBlock } from './pem.ts'
import { type PemBlock, pemBlocks } from './pem-blocks.ts'
import { UnsupportedError, WrongPasswordError } from './pkcs12/refusals.ts'
import { isPfx, openPfx } from './pkcs12/open.ts'
import { type FoundKey, keyFormOf, openDesKey, openKey, openOldKey, readKey } from './private-key.ts'
import { certificateOf, isCertificate } from './x509.ts'

/** What one file holds, whatever its form. */
export interface Contents {
  readonly format: Exclude<CertificateLook['format'], 'JWKS'>
  readonly protection?: string
  /** Whether it is a PFX with a MAC that opens without a password, by means that the .NET of the service reads. */
  readonly opensAsIs: boolean
  readonly certificates: readonly X509Certificate[]
  readonly keys: readonly FoundKey[]
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

type Gathered = {
  -readonly [Part in keyof Contents]: Contents[Part] extends readonly (infer Each)[] ? Each[] : Contents[Part]
}

/** A certificate with its chain takes a few kilobytes. */
export const MOST_BYTES = 1024 * 1024

/**
 * Reads a file that holds certificates or keys: PFX, PEM, PKCS#7 or DER, told apart by their structure rather than by
 * name or heading. Never throws for what stands in it: that becomes problems.
 */
export async function readContents(file: Uint8Array, password: Secret | undefined): Promise<Contents> {
  const gathered: Gathered = {
    format: 'DER',
    opensAsIs: false,
    certificates: [],
    keys: [],
    problems: [],
    warnings: [],
  }
  if (file.length === 0) gathered.problems.push(say.empty())
  else if (file.length > MOST_BYTES) gathered.problems.push(say.tooLarge(file.length))
  else {
    const blocks = pemBlocks(file)
    if (blocks) await gatherPem(blocks, gathered, password)
    else await gather(() => readElement(file), gathered, password)
  }
  return gathered
}

async function gatherPem(blocks: readonly PemBlock[], into: Gathered, password: Secret | undefined) {
  into.format = 'PEM'
  if (blocks.length === 0) into.problems.push(say.cutShort())
  for (const block of blocks) {
    const { label, der, headers } = block
    if (label === 'OPENSSH PRIVATE KEY') into.problems.push(say.openSshKey())
    else if (/ENCRYPTED|DEK-Info/.test(headers)) await gatherOldKey(block, into, password)
    else if (!der) into.problems.push(say.damaged())
    // After a “trusted” certificate OpenSSL writes what it is trusted for.
    else
      await gather(
        () => (label === 'TRUSTED CERTIFICATE' ? readFirst(der) : readElement(der)),
        into,
        password,
      )
  }
}

async function gather(read: () => Element, into: Gathered, password: Secret | undefined): Promise<void> {
  try {
    const element = read()
    const form = keyFormOf(element)
    if (isCertificate(element)) into.certificates.push(certificateOf(element.raw))
    else if (isPfx(element)) await gatherPfx(element, into, password)
    else if (isSignedData(element)) gatherPkcs7(element, into)
    else if (form === 'encrypted-pkcs8') await gatherKey(into, password, (opened) => openKey(element, opened))
    else if (form) into.keys.push(readKey(element, form))
    else if (isRequest(element)) into.problems.push(say.request())
    else if (!isHarmless(element)) into.problems.push(say.unknown())
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    into.problems.push(say.damaged())
  }
}

async function gatherPfx({ raw }: Element, into: Gathered, password: Secret | undefined): Promise<void> {
  into.format = 'PFX'
  const told = password?.open() ?? ''
  let opened = await openPfx(raw, told)
  let open = told === ''
  if ('refused' in opened && opened.refused === 'wrong-password' && !open) {
    // A password for a file that has none is no reason to refuse it.
    const again = await openPfx(raw, '')
    open = !('refused' in again)
    if (open) opened = again
  }
  if ('refused' in opened) {
    into.problems.push(refusalOf(opened.refused, opened.about, told))
    return
  }
  into.protection = `${opened.protection}, ${open ? 'no password' : 'with a password'}`
  into.opensAsIs = open && opened.sealed && !opened.protection.includes('PBMAC1')
  if (!opened.sealed) into.warnings.push(say.noSeal())
  if (opened.certificates.length === 0) into.problems.push(say.pfxWithoutCertificate())
  into.certificates.push(...opened.certificates.map((der) => certificateOf(der)))
  for (const key of opened.privateKeys) await gather(() => readElement(key), into, undefined)
}

function refusalOf(
  refused: 'wrong-password' | 'unreadable' | 'unsupported',
  about: string | undefined,
  told: string,
) {
  if (refused === 'unsupported') return say.unsupported(about ?? 'means of its own')
  if (refused === 'unreadable') return say.damaged()
  return told === '' ? say.pfxPasswordNeeded() : say.pfxPasswordWrong()
}

/** The ciphers of old PEM keys that every crypto library still reads. */
const OLD_CIPHERS = /^(AES-(128|192|256)-CBC|DES-EDE3-CBC)$/i

async function gatherOldKey(
  { label, headers, der }: PemBlock,
  into: Gathered,
  password: Secret | undefined,
): Promise<void> {
  const [, cipher = '', iv = ''] = /DEK-Info:\s*([\w-]{1,40}),\s*([0-9A-F]*)/i.exec(headers) ?? []
  if (!der || cipher === '') into.problems.push(say.damaged())
  else if (/^DES-CBC$/i.test(cipher))
    await gatherKey(into, password, (opened) => openDesKey(der, Buffer.from(iv, 'hex'), opened))
  else if (OLD_CIPHERS.test(cipher)) {
    const lines = pemBlock(label, der).split('\n')
    const pem = [lines[0], headers.replaceAll('\r', '').trim(), '', ...lines.slice(1)].join('\n')
    await gatherKey(into, password, async (opened) => openOldKey(pem, opened))
  } else into.problems.push(say.unsupportedKey(`the old cipher ${cipher}`))
}

async function gatherKey(
  into: Gathered,
  password: Secret | undefined,
  open: (password: string) => Promise<FoundKey>,
) {
  if (password === undefined || password.open() === '') {
    into.problems.push(say.keyPasswordNeeded())
    return
  }
  try {
    into.keys.push(await open(password.open()))
    into.protection = 'private key encrypted with a password'
  } catch (error) {
    if (error instanceof WrongPasswordError) into.problems.push(say.keyPasswordWrong())
    else if (error instanceof UnsupportedError) into.problems.push(say.unsupportedKey(error.message))
    else if (error instanceof MalformedError) into.problems.push(say.damaged())
    else throw error
  }
}

const SIGNED_DATA = '1.2.840.113549.1.7.2'

function isSignedData({ tag, children: [type, content] }: Element): boolean {
  return tag === 0x30 && type?.tag === 0x06 && content?.tag === 0xa0 && identifierOf(type) === SIGNED_DATA
}

/** PKCS#7 or CMS without anything signed (RFC 5652, 5.1): a bag of certificates, in any order. */
function gatherPkcs7(element: Element, into: Gathered): void {
  if (into.format === 'DER' || into.certificates.length === 0) into.format = 'PKCS#7'
  const signedData = child(child(element, 1), 0, 0x30)
  const set = signedData.children.find(({ tag }) => tag === 0xa0)
  const certificates = set?.children.filter((part) => isCertificate(part)) ?? []
  if (certificates.length === 0) into.problems.push(say.pkcs7WithoutCertificate())
  into.certificates.push(...certificates.map(({ raw }) => certificateOf(raw)))
}

/** PKCS#10 (RFC 2986, 4). */
function isRequest({ tag, children: [info, algorithm, signature] }: Element): boolean {
  const [version, subject, key] = info?.children ?? []
  const shape = [tag, info?.tag, algorithm?.tag, signature?.tag, version?.tag, subject?.tag, key?.tag]
  return shape.join() === [0x30, 0x30, 0x30, 0x03, 0x02, 0x30, 0x30].join()
}

/**
 * A public key, curve parameters (by name, or spelled out as in X9.62) or a revocation list beside the rest say nothing
 * that is needed.
 */
function isHarmless({ tag, children: [first, second, third] }: Element): boolean {
  if (tag === 0x06) return true
  if (tag !== 0x30) return false
  if (first?.tag === 0x02) return second?.tag === 0x30 && third?.tag === 0x30
  return first?.tag === 0x30 && (second?.tag === 0x03 || (second?.tag === 0x30 && third?.tag === 0x03))
}
