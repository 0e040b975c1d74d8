import { X509Certificate } from 'node:crypto'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { runScript, ScriptFailure, type ScriptOptions } from './powershell.ts'
import { list, number, record, text, texts } from './reading.ts'

/** A certificate of the store LocalMachine\My, where HTTP.sys looks for those of HTTPS. */
export interface MachineCertificate {
  /** Upper-case hexadecimal SHA-1. */
  readonly thumbprint: string
  /** Such as `CN=identity.example.com, O=Example`. */
  readonly subject: string
  readonly issuer: string
  /** What the administrator called it; often empty. */
  readonly friendlyName: string
  readonly notBefore: Date
  readonly notAfter: Date
  /** DNS names and addresses of the subject alternative name. */
  readonly names: readonly string[]
  /** Object identifiers of what it may be used for; empty: everything. */
  readonly eku: readonly string[]
  readonly hasPrivateKey: boolean
  /** Whether the key lies in the machine's key store. Absent when that cannot be told, as without elevation. */
  readonly keyUsable?: boolean
  readonly selfSigned: boolean
  readonly pem: string
  /** The issuers that this machine finds, the nearest first. */
  readonly chainPem: readonly string[]
}

/** Lists the certificates of LocalMachine\My; needs no elevation. Rejects as {@link runScript}. */
export async function listMachineCertificates(
  machine: Machine,
  options: ScriptOptions = {},
): Promise<readonly MachineCertificate[]> {
  const answer = await runScript(machine, 'machine-certificates', {}, options)
  return list(answer['certificates']).flatMap((found) => machineCertificate(record(found)) ?? [])
}

/**
 * Everything that stands in the certificate is read here, from its bytes: PowerShell's own words for it come in the
 * machine's language, and its dates as `/Date(…)/`. One that cannot be read is no candidate for HTTPS either.
 */
function machineCertificate(found: Readonly<Record<string, unknown>>): MachineCertificate | undefined {
  const certificate = readCertificate(found['raw'])
  if (certificate === undefined) return undefined
  const keyUsable = keyUsableOf(text(found['key']))
  // Windows can narrow the usage of a certificate in its store; it lists none where there is no limit.
  const narrowed = texts(found['eku'])
  return {
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    subject: nameOf(certificate.subject),
    issuer: nameOf(certificate.issuer),
    friendlyName: text(found['friendlyName']),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    names: alternativeNames(certificate.subjectAltName),
    eku: narrowed.length > 0 ? narrowed : (certificate.keyUsage ?? []),
    hasPrivateKey: found['hasPrivateKey'] === true,
    ...(keyUsable === undefined ? {} : { keyUsable }),
    selfSigned: certificate.checkIssued(certificate) && certificate.verify(certificate.publicKey),
    pem: certificate.toString(),
    chainPem: texts(found['chain']).flatMap((raw) => readCertificate(raw)?.toString() ?? []),
  }
}

/** Unverified on a real server: what .NET finds of a key without elevation. Only what it is sure of counts. */
function keyUsableOf(key: string): boolean | undefined {
  if (key === 'machine') return true
  return key === 'user' || key === 'none' ? false : undefined
}

function readCertificate(raw: unknown): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(Buffer.from(text(raw), 'base64'))
    // Node reads the key when first asked; a damaged one has to show here.
    void certificate.publicKey
    return certificate
  } catch {
    return undefined
  }
}

/** Node lists the parts of a name one a line, the country first. */
function nameOf(lines: string | undefined): string {
  return (lines ?? '').split('\n').toReversed().join(', ')
}

/** Node writes `DNS:a.example, IP Address:192.0.2.1`, and quotes as JSON what would not be clear otherwise. */
function alternativeNames(written: string | undefined): readonly string[] {
  return [...(written ?? '').matchAll(/(DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]*)/g)].map((match) =>
    match[2]!.startsWith('"') ? text(JSON.parse(match[2]!)) : match[2]!,
  )
}

/** One thing that an import put into a store of the machine. */
export interface StoredCertificate {
  /** `My` with the private key, `CA` for intermediate issuers. */
  readonly store: 'My' | 'CA'
  readonly thumbprint: string
}

export interface ImportedPfx {
  /** Of the certificate that the private key belongs to. */
  readonly thumbprint: string
  /** What was not there before: what an undo has to remove. */
  readonly added: readonly StoredCertificate[]
}

/**
 * Imports a PFX into LocalMachine\My with its key in the machine's key store, not exportable, and the intermediate
 * issuers it brings into LocalMachine\CA, so that clients get the whole chain. Needs elevation.
 * Rejects with `certificate.pfx-refused`, `certificate.pfx-keys`, and as {@link runScript}.
 */
export async function importPfx(
  machine: Machine,
  { pfx, password }: { readonly pfx: Uint8Array; readonly password: Secret | undefined },
  options: ScriptOptions = {},
): Promise<ImportedPfx> {
  const question = { pfx: Buffer.from(pfx).toString('base64'), password: password ?? null }
  const answer = await runScript(machine, 'import-certificate', question, options).catch((error: unknown) => {
    throw error instanceof ScriptFailure ? pfxRefused(error) : error
  })
  if (number(answer['keys']) !== 1) throw pfxKeys(number(answer['keys']) ?? 0)
  return {
    thumbprint: text(answer['thumbprint']).toUpperCase(),
    added: list(answer['added']).map((one) => ({
      store: record(one)['store'] === 'CA' ? 'CA' : 'My',
      thumbprint: text(record(one)['thumbprint']).toUpperCase(),
    })),
  }
}

/**
 * Removes a certificate of the machine, and its private key with it. Nothing to remove is not an error.
 * @returns whether there was one. Rejects with `certificate.thumbprint`, and as {@link runScript}.
 */
export async function removeCertificate(
  machine: Machine,
  { thumbprint, store }: StoredCertificate,
  options: ScriptOptions = {},
): Promise<boolean> {
  // It becomes part of a path of PowerShell's certificate drive.
  if (!/^[0-9A-F]{40}$/i.test(thumbprint)) throw noThumbprint(thumbprint)
  const answer = await runScript(machine, 'remove-certificate', { store, thumbprint }, options)
  return answer['removed'] === true
}

/** ERROR_INVALID_PASSWORD as an HRESULT. */
const WRONG_PASSWORD = 0x80070056

/**
 * Unverified on a real server: a wrong password is 0x80070056, and Windows before version 1709 (Server 2016) says the
 * same of a file that is sealed with AES, which it cannot read. Other refusals keep Windows' own words.
 */
function pfxRefused(failure: ScriptFailure): SetupError {
  const locked = failure.hresult !== undefined && failure.hresult >>> 0 === WRONG_PASSWORD
  const cause =
    'The password does not open the file, or the file is sealed with AES and this is Windows Server 2016.'
  return new SetupError(
    {
      ...failure.problem,
      code: 'certificate.pfx-refused',
      what: 'Windows did not import the PFX file.',
      ...(locked ? { cause } : {}),
      next: locked
        ? 'Check the password, or export the file again with TripleDES-SHA1, then try again.'
        : 'Read what Windows said, below, then try again.',
      untouched: 'The machine’s certificates are as they were.',
    },
    { cause: failure },
  )
}

function pfxKeys(keys: number): SetupError {
  return new SetupError({
    code: 'certificate.pfx-keys',
    what: 'Windows did not import the PFX file.',
    cause:
      keys === 0
        ? 'No certificate in it has a private key.'
        : `It holds ${keys} certificates with private keys.`,
    next: 'Export one certificate with its private key, then try again.',
    untouched: 'The machine’s certificates are as they were.',
  })
}

function noThumbprint(thumbprint: string): SetupError {
  return new SetupError({
    code: 'certificate.thumbprint',
    what: `“${thumbprint}” is not the thumbprint of a certificate.`,
    next: 'Enter the 40 hexadecimal digits that Windows shows as the thumbprint.',
  })
}
