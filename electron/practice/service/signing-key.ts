import { X509Certificate, createHash, createPrivateKey, sign } from 'node:crypto'
import type { JsonWebKey, KeyObject, SignKeyObjectInput } from 'node:crypto'
import { promisify } from 'node:util'
import { CRYPTOGRAPHIC, StartFailure } from './failure.ts'
import { openPfx } from './pfx.ts'
import { onLinux, type PfxFile } from './pfx-file.ts'

/** Algorithm and hash for each curve that the service knows since 8.2.3. */
const CURVES: Readonly<Record<string, readonly [algorithm: string, hash: string]>> = {
  prime256v1: ['ES256', 'sha256'],
  secp384r1: ['ES384', 'sha384'],
  secp521r1: ['ES512', 'sha512'],
}

export interface SigningKey {
  readonly algorithm: string
  /** Upper-case hex SHA-1 of the certificate, followed by the algorithm. */
  readonly kid: string
  /** base64url SHA-1 of the certificate; missing with ECDSA. */
  readonly x5t?: string
  /** The entry of the key set, members in the order of the engine. */
  readonly jwk: Readonly<Record<string, unknown>>
  sign(data: string): Promise<Buffer>
}

/**
 * Loads the PFX at X509CertificatePath, without a password. Throws a StartFailure in the words of .NET, by default
 * of .NET on Linux.
 */
export async function loadSigningKey(path: string | undefined, file: PfxFile = onLinux): Promise<SigningKey> {
  if (path === undefined)
    throw new StartFailure('System.ArgumentNullException', "Value cannot be null. (Parameter 'fileName')")
  const bytes = await file.read(path)
  if (bytes.length === 0)
    throw new StartFailure(CRYPTOGRAPHIC, 'Error occurred during a cryptographic operation.', {
      type: 'System.IO.EndOfStreamException',
      message: 'Unable to read beyond the end of the stream.',
    })
  if (isCertificate(bytes)) throw noPrivateKey()
  const { key, certificates } = await openPfx(bytes)
  file.beforeKey()
  if (key === undefined) throw noPrivateKey()
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  const certificate = certificates
    .map((der) => new X509Certificate(der))
    .find((one) => one.checkPrivateKey(privateKey))
  if (certificate === undefined) throw noPrivateKey()
  return signingKey(privateKey, certificate)
}

function signingKey(privateKey: KeyObject, certificate: X509Certificate): SigningKey {
  const [algorithm, hash] = algorithmOf(privateKey)
  const thumbprint = createHash('sha1').update(certificate.raw).digest()
  const kid = thumbprint.toString('hex').toUpperCase() + algorithm
  const x5t = thumbprint.toString('base64url')
  const { e, n, x, y, crv } = certificate.publicKey.export({ format: 'jwk' }) as JsonWebKey
  const x5c = [certificate.raw.toString('base64')]
  const rsa = privateKey.asymmetricKeyType === 'rsa'
  // The engine's library signs ES256 and its like with a bare key only, and publishes that without its certificate.
  const jwk = rsa
    ? { kty: 'RSA', use: 'sig', kid, x5t, e, n, x5c, alg: algorithm }
    : { kty: 'EC', use: 'sig', kid, alg: algorithm, x, y, crv }
  const key: SignKeyObjectInput = { key: privateKey, dsaEncoding: 'ieee-p1363' }
  const signAsync = promisify<string, Buffer, SignKeyObjectInput, Buffer>(sign)
  return {
    algorithm,
    kid,
    ...(rsa && { x5t }),
    jwk,
    sign: (data) => signAsync(hash, Buffer.from(data), key),
  }
}

function algorithmOf(key: KeyObject): readonly [algorithm: string, hash: string] {
  if (key.asymmetricKeyType === 'rsa') return ['RS256', 'sha256']
  const found = CURVES[key.asymmetricKeyDetails?.namedCurve ?? '']
  if (found === undefined)
    throw new StartFailure('System.InvalidOperationException', 'Invalid curve for signing algorithm')
  return found
}

/** .NET's loader takes a bare certificate as well, PEM or DER. */
function isCertificate(bytes: Buffer): boolean {
  try {
    return new X509Certificate(bytes).raw.length > 0
  } catch {
    return false
  }
}

function noPrivateKey(): StartFailure {
  return new StartFailure('System.InvalidOperationException', 'X509 certificate does not have a private key.')
}
