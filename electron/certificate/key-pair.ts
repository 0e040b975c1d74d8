import { webcrypto } from 'node:crypto'
import type { SignatureHash, SigningKey } from '../contract/certificate.ts'
import { keyKinds, type PublicJwk } from './keys.ts'

/** A fresh key, in the shapes that certificates and requests are made of. */
export interface KeyPair {
  readonly keys: CryptoKeyPair
  /** How its owner signs, for `@peculiar/x509`. */
  readonly signingAlgorithm: { readonly name: string; readonly hash: SignatureHash }
  /** PKCS#8, DER. A secret. */
  readonly privateKey: Buffer
  readonly publicJwk: PublicJwk
}

/**
 * Makes a key off the main thread. It cannot be stopped, only not be waited for: after `signal` fires, the key is
 * finished unseen and forgotten.
 */
export async function makeKeyPair(
  key: SigningKey,
  hash: SignatureHash,
  signal?: AbortSignal,
): Promise<KeyPair> {
  signal?.throwIfAborted()
  const { generation } = keyKinds[key]
  const made = await interruptible(
    generation.name === 'ECDSA'
      ? webcrypto.subtle.generateKey({ name: generation.name, namedCurve: generation.curve }, true, USES)
      : webcrypto.subtle.generateKey(
          { name: generation.name, hash, modulusLength: generation.bits, publicExponent: F4 },
          true,
          USES,
        ),
    signal,
  )
  return {
    // Two descriptions of the same object: node's own types and those of the browser's API.
    keys: made as CryptoKeyPair,
    signingAlgorithm: { name: generation.name, hash },
    privateKey: Buffer.from(await webcrypto.subtle.exportKey('pkcs8', made.privateKey)),
    publicJwk: publicPart(await webcrypto.subtle.exportKey('jwk', made.publicKey)),
  }
}

const USES = ['sign', 'verify'] as const
/** 65537, the public exponent that everybody takes. */
const F4 = Uint8Array.of(1, 0, 1)

function publicPart({ kty, n, e, crv, x, y }: webcrypto.JsonWebKey): PublicJwk {
  return kty === 'RSA' ? { kty, n: n!, e: e! } : ({ kty: 'EC', crv, x, y } as PublicJwk)
}

function interruptible<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
