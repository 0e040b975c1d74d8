import type { CertificateFacts, CertificateLook } from '../contract/certificate.ts'
import type { Problem } from '../contract/problem.ts'
import { MalformedError } from './asn1/ber.ts'
import { certificateFacts } from './facts.ts'
import { judgeProblems as say } from './judge-problems.ts'
import { endWarnings, type Judged } from './judge.ts'
import type { Material } from './material.ts'
import { certificateOf, partsOf } from './x509.ts'

/** A certificate file as pages and the command line show it. No secret in it. */
export function lookAtMaterial(file: string, material: Material, judged: Judged, now: Date): CertificateLook {
  const { format, protection, keyFrom, ready, certificate, chain } = material
  const here = (problem: Problem): Problem => ({ ...problem, where: { file, ...problem.where } })
  return {
    file,
    format,
    ...(protection === undefined ? {} : { protection }),
    privateKey: keyFrom,
    ready,
    ...(certificate ? { certificate: certificateFacts(certificate, now) } : {}),
    chain: chain.map((each) => {
      const { subject, issuer, notAfter } = partsOf(each)
      return { subject, issuer, notAfter: notAfter.toISOString() }
    }),
    problems: judged.problems.map(here),
    warnings: judged.warnings.map(here),
  }
}

/**
 * The certificate that a running service publishes with a key of its JWKS (RFC 7517, 4.7), as pages show it.
 * @param url address of the JWKS
 * @param key one of its keys; `x5c` holds the certificate as base64 of DER
 */
export function lookAtPublished(
  url: string,
  key: { readonly x5c?: readonly string[] | undefined },
  now: Date,
): CertificateLook {
  const base = { file: url, format: 'JWKS', privateKey: 'missing', ready: false, chain: [] } as const
  const [own] = key.x5c ?? []
  if (own === undefined) return { ...base, problems: [], warnings: [say.notPublished()] }
  try {
    const certificate = certificateOf(Buffer.from(own, 'base64'))
    const facts: CertificateFacts = certificateFacts(certificate, now)
    return { ...base, certificate: facts, problems: [], warnings: endWarnings(partsOf(certificate), now) }
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error
    return { ...base, problems: [say.publishedDamaged()], warnings: [] }
  }
}
