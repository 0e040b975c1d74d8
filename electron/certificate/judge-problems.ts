import type { Problem } from '../contract/problem.ts'

const MAKE_NEW = 'Choose another certificate, or let this program make a new one.'
const UNIQUE =
  'Each Identity Service instance should use a unique certificate: whoever holds the key of one can sign tokens for the other.'

/** Why the service cannot, or should not, sign with a certificate, in words. */
export const judgeProblems = {
  noPrivateKey: (): Problem => ({
    code: 'certificate.no-private-key',
    what: 'The private key of the certificate was not found.',
    cause: 'The service signs tokens with it and does not start without it.',
    next: 'Name the file of the private key, or export the certificate together with it as a PFX file. When this program made the request, the key waits on that machine, for the user who made it.',
  }),
  keyKind: (kind: string): Problem => ({
    code: 'certificate.key-kind',
    what: `The service cannot sign with a key of the kind ${kind}.`,
    cause: 'It supports RSA, and ECDSA on P-256, P-384 and P-521.',
    next: MAKE_NEW,
  }),
  shortKey: (kind: string): Problem => ({
    code: 'certificate.short-key',
    what: `The key is too short: ${kind}.`,
    cause: 'The service refuses to sign with RSA keys below 2048 bits.',
    next: MAKE_NEW,
  }),
  ecdsaUnsupported: (why: string): Problem => ({
    code: 'certificate.ecdsa-unsupported',
    what: 'This version of the service cannot sign with an ECDSA certificate.',
    cause: why,
    next: 'Choose a certificate with an RSA key, or update the service to 8.2.3 or later first.',
  }),
  ecdsaUncertain: (why: string): Problem => ({
    code: 'certificate.ecdsa-uncertain',
    what: 'It is not certain that this version of the service signs with an ECDSA certificate.',
    cause: why,
    next: 'Go on: a token is asked for at the end, and the change is taken back if none can be had.',
  }),
  weakHash: (signature: string): Problem => ({
    code: 'certificate.weak-hash',
    what: `The certificate is signed by a hash that is broken: ${signature}.`,
    cause: 'Another certificate with the same signature can be made, and many readers refuse it.',
    next: 'Ask the authority to issue the certificate again with SHA-256, or let this program make a new one.',
  }),
  weakChain: (subject: string): Problem => ({
    code: 'certificate.weak-chain',
    what: `The certificate of the authority is signed with SHA-1 or older: ${subject}.`,
    next: 'Ask the authority for its current certificate; tokens can be signed meanwhile.',
  }),
  curveAndHash: (curve: string, hash: string, wanted: string): Problem => ({
    code: 'certificate.curve-and-hash',
    what: `The key is on ${curve} and the certificate is signed with ${hash}.`,
    cause: `The vendor supports ${curve} with ${wanted}.`,
    next: `Have the certificate issued with ${wanted}, or let this program make a new one.`,
  }),
  expired: (date: string): Problem => ({
    code: 'certificate.expired',
    what: `The certificate ended on ${date}.`,
    cause:
      'The service would sign with it, and everyone who checks the published certificate would refuse its tokens.',
    next: MAKE_NEW,
  }),
  notYetValid: (moment: string): Problem => ({
    code: 'certificate.not-yet-valid',
    what: `The certificate is not valid before ${moment}.`,
    cause: 'Until then, everyone who checks the published certificate refuses its tokens.',
    next: 'Wait until then, or set the clock of this machine if it is wrong.',
  }),
  ended: (date: string): Problem => ({
    code: 'certificate.ended',
    what: `The certificate ended on ${date}.`,
    cause:
      'The service goes on signing with it, and everyone who checks the published certificate refuses its tokens.',
    next: 'Replace the certificate.',
  }),
  endsSoon: (date: string, days: number): Problem => ({
    code: 'certificate.ends-soon',
    what: `The certificate ends on ${date}, in ${days === 1 ? '1 day' : `${days} days`}.`,
    next: 'Plan its replacement.',
  }),
  keyUsage: (usage: readonly string[]): Problem => ({
    code: 'certificate.key-usage',
    what: 'The certificate does not allow its key to sign.',
    cause: `Its key usage is ${usage.join(', ') || 'empty'}; tokens take digitalSignature.`,
    next: 'Have it issued with the key usage digitalSignature, or let this program make a new one.',
  }),
  sameCertificate: (name: string): Problem => ({
    code: 'certificate.same-certificate',
    what: `The installation ${name} uses the same certificate.`,
    cause: UNIQUE,
    next: MAKE_NEW,
  }),
  sameKey: (name: string): Problem => ({
    code: 'certificate.same-key',
    what: `The installation ${name} uses a certificate with the same key.`,
    cause: UNIQUE,
    next: MAKE_NEW,
  }),
  shipped: (path: string): Problem => ({
    code: 'certificate.shipped-sample',
    what: `The certificate is a sample that comes with the service: ${path}.`,
    cause: 'Everyone who has the archive has its private key and could sign tokens.',
    next: MAKE_NEW,
  }),
  notPublished: (): Problem => ({
    code: 'certificate.not-published',
    what: 'The service publishes its key without a certificate.',
    next: 'Look at the PFX file of the service to see the certificate.',
  }),
  publishedDamaged: (): Problem => ({
    code: 'certificate.damaged',
    what: 'The certificate that the service publishes cannot be read.',
    next: 'Look at the PFX file of the service, and restart the service.',
  }),
} as const satisfies Record<string, (...about: never[]) => Problem>
