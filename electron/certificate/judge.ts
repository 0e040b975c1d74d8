import type { X509Certificate } from 'node:crypto'
import type { Problem } from '../contract/problem.ts'
import { isSelfIssued } from './chain.ts'
import type { EcdsaSupport } from './ecdsa.ts'
import { daysLeft, endsSoon } from './facts.ts'
import { judgeProblems as say } from './judge-problems.ts'
import { signingAlgorithmOf } from './key-kind.ts'
import { type Material, publicKeyHashOf } from './material.ts'
import { thumbprintOf } from './self-signed.ts'
import { type CertificateParts, partsOf } from './x509.ts'

/** What a certificate is judged against. */
export interface JudgedAgainst {
  readonly now: Date
  /** What the service can do; left out: not known, and not asked. */
  readonly ecdsa?: EcdsaSupport
  /** Certificates of other installations on this machine. */
  readonly others?: readonly {
    readonly name: string
    readonly thumbprint: string
    readonly publicKeyHash: string
  }[]
  /** Certificates that come with the service's archive and are in everybody's hands. */
  readonly shipped?: readonly { readonly path: string; readonly publicKeyHash: string }[]
}

export interface Judged {
  /** Everything that keeps the service from signing with it, or this program from taking it. */
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** Hashes that nobody trusts a signature by: collisions can be made. */
const WEAK_HASHES = ['MD2', 'MD5', 'SHA-1']

/** The vendor's combinations of curve and hash (Academy 2565). */
const hashOfCurve = { 'P-256': 'SHA-256', 'P-384': 'SHA-384', 'P-521': 'SHA-512' } as const

/**
 * Judges whether the service can sign with a certificate, by what the vendor supports
 * (https://academy.creatio.com/documents?id=2565). What kept the files from being read comes first.
 */
export function judgeForSigning(material: Material, about: JudgedAgainst): Judged {
  const problems = [...material.problems]
  const warnings = [...material.warnings]
  const { certificate, keyFrom, chain } = material
  if (!certificate) return { problems, warnings }
  const parts = partsOf(certificate)
  // Where a key was found and not taken, that is said already.
  if (keyFrom === 'missing' && problems.length === 0) problems.push(say.noPrivateKey())
  for (const judged of [
    judgeKey(parts, about.ecdsa),
    judgeSignature(certificate, parts),
    judgeTime(parts, about.now),
    judgeUse(parts),
    judgeUnique(certificate, about),
    judgeChain(chain),
  ]) {
    problems.push(...judged.problems)
    warnings.push(...judged.warnings)
  }
  return { problems, warnings }
}

/** Warnings of a certificate that is in use: that it has ended, or ends soon. */
export function endWarnings({ notAfter }: CertificateParts, now: Date): readonly Problem[] {
  const days = daysLeft(notAfter, now)
  if (notAfter <= now) return [say.ended(dateOf(notAfter))]
  return endsSoon(days) ? [say.endsSoon(dateOf(notAfter), days)] : []
}

function judgeKey({ key }: CertificateParts, ecdsa: EcdsaSupport | undefined): Judged {
  if (signingAlgorithmOf(key) === undefined)
    return refused(key.bits === undefined ? say.keyKind(key.name) : say.shortKey(key.name))
  if (key.curve === undefined || !ecdsa) return fine
  if (ecdsa.certain) return ecdsa.offered ? fine : refused(say.ecdsaUnsupported(ecdsa.why))
  return warned(say.ecdsaUncertain(ecdsa.why))
}

function judgeSignature(certificate: X509Certificate, { key, signature }: CertificateParts): Judged {
  const { hash } = signature
  if (hash !== undefined && WEAK_HASHES.includes(hash)) return refused(say.weakHash(signature.name))
  if (key.curve === undefined || signature.with !== 'ECDSA') return fine
  const wanted = hashOfCurve[key.curve]
  if (hash === wanted) return fine
  const problem = say.curveAndHash(key.curve, hash ?? signature.name, wanted)
  // An authority signs with its own key: the hash fits that one.
  return isSelfIssued(certificate) ? refused(problem) : warned(problem)
}

function judgeTime(parts: CertificateParts, now: Date): Judged {
  const { notBefore, notAfter } = parts
  if (notAfter <= now) return refused(say.expired(dateOf(notAfter)))
  if (notBefore > now) return refused(say.notYetValid(momentOf(notBefore)))
  return { problems: [], warnings: endWarnings(parts, now) }
}

function judgeUse({ keyUsage }: CertificateParts): Judged {
  return keyUsage && !keyUsage.includes('digitalSignature') ? refused(say.keyUsage(keyUsage)) : fine
}

function judgeUnique(certificate: X509Certificate, { others = [], shipped = [] }: JudgedAgainst): Judged {
  const hash = publicKeyHashOf(certificate)
  const same = (other: { publicKeyHash: string }) => other.publicKeyHash.toLowerCase() === hash
  const sample = shipped.find(same)
  if (sample) return refused(say.shipped(sample.path))
  const twin = others.find(same)
  if (!twin) return fine
  return refused(
    twin.thumbprint.toUpperCase() === thumbprintOf(certificate)
      ? say.sameCertificate(twin.name)
      : say.sameKey(twin.name),
  )
}

function judgeChain(chain: readonly X509Certificate[]): Judged {
  // A root's own signature proves nothing and may be as old as it is.
  const weak = chain.filter(
    (each) => !isSelfIssued(each) && WEAK_HASHES.includes(partsOf(each).signature.hash ?? ''),
  )
  return { problems: [], warnings: weak.map((each) => say.weakChain(partsOf(each).subject)) }
}

const fine: Judged = { problems: [], warnings: [] }

function refused(problem: Problem): Judged {
  return { problems: [problem], warnings: [] }
}

function warned(problem: Problem): Judged {
  return { problems: [], warnings: [problem] }
}

/** `2026-11-22 02:38:00 UTC`. */
function momentOf(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`
}

function dateOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
