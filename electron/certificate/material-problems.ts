import type { Problem } from '../contract/problem.ts'

const OTHER_FILE = 'Choose another certificate file, or let this program make a new certificate.'
const UNTOUCHED = 'The file was only read.'

/** Why a certificate file cannot be taken, in words. */
export const materialProblems = {
  empty: (): Problem => ({
    code: 'certificate.empty',
    what: 'The certificate file is empty.',
    cause: 'The copy or the export did not finish.',
    next: 'Copy or export the certificate again.',
    untouched: UNTOUCHED,
  }),
  tooLarge: (bytes: number): Problem => ({
    code: 'certificate.too-large',
    what: `The file has ${bytes} bytes; a certificate with its chain has a few thousand.`,
    next: OTHER_FILE,
    untouched: UNTOUCHED,
  }),
  unknown: (): Problem => ({
    code: 'certificate.unknown',
    what: 'The file holds something that is neither a certificate nor a private key.',
    next: 'Choose a PFX, PEM, PKCS#7 or DER file.',
    untouched: UNTOUCHED,
  }),
  damaged: (): Problem => ({
    code: 'certificate.damaged',
    what: 'The file is not a certificate file, or it is damaged.',
    cause: 'A copy that was cut short or changed on its way, or another kind of file under this name.',
    next: 'Copy or export the certificate again.',
    untouched: UNTOUCHED,
  }),
  cutShort: (): Problem => ({
    code: 'certificate.damaged',
    what: 'The PEM file has a BEGIN line without its END line.',
    cause: 'A copy that was cut short.',
    next: 'Copy the whole text again, from the first BEGIN line to the last END line.',
    untouched: UNTOUCHED,
  }),
  request: (): Problem => ({
    code: 'certificate.request',
    what: 'The file is a certificate request (CSR), not a certificate.',
    cause: 'The authority turns it into a certificate; the service cannot sign with a request.',
    next: 'Send the request to the authority, and choose the certificate that comes back.',
    untouched: UNTOUCHED,
  }),
  openSshKey: (): Problem => ({
    code: 'certificate.openssh-key',
    what: 'The private key is written in the form of OpenSSH.',
    cause: 'Certificates go with keys in PKCS#8, PKCS#1 or SEC 1.',
    next: 'Convert a copy of the key: ssh-keygen -p -m PKCS8 -f COPY.',
    untouched: UNTOUCHED,
  }),
  unsupported: (about: string): Problem => ({
    code: 'certificate.unsupported',
    what: `The file is protected by ${about}, which this program does not read.`,
    next: 'Export the certificate again with AES-256 or 3DES encryption and a password.',
    untouched: UNTOUCHED,
  }),
  noSeal: (): Problem => ({
    code: 'certificate.no-mac',
    what: 'The PFX file has no MAC.',
    cause: 'Nobody can tell whether it was changed on its way, and Windows may refuse it.',
    next: 'Compare the thumbprint with the one the authority gave; the copy for the service gets a MAC.',
  }),
  pfxWithoutCertificate: (): Problem => ({
    code: 'certificate.none',
    what: 'The PFX file holds no certificate.',
    cause: 'The service publishes the certificate and cannot start with a key alone.',
    next: 'Export the certificate again together with its private key.',
    untouched: UNTOUCHED,
  }),
  pkcs7WithoutCertificate: (): Problem => ({
    code: 'certificate.none',
    what: 'The PKCS#7 file holds no certificate.',
    next: 'Ask the authority for the issued certificate, or choose another file.',
    untouched: UNTOUCHED,
  }),
  keyOnly: (): Problem => ({
    code: 'certificate.none',
    what: 'The file holds a private key without a certificate.',
    cause: 'The service publishes the certificate and cannot start with a key alone.',
    next: 'Choose the certificate file, and name this one as its private key.',
    untouched: UNTOUCHED,
  }),
  none: (): Problem => ({
    code: 'certificate.none',
    what: 'The file holds no certificate.',
    next: OTHER_FILE,
    untouched: UNTOUCHED,
  }),
  several: (subjects: readonly string[]): Problem => ({
    code: 'certificate.several',
    what: `The file holds ${subjects.length} certificates that do not belong to one chain.`,
    cause: 'The service signs with one certificate, and this program does not guess which.',
    next: 'Save the one that is wanted in a file of its own, with its key and the certificates of its authorities.',
    untouched: UNTOUCHED,
    details: subjects,
  }),
  leftOut: (subjects: readonly string[]): Problem => ({
    code: 'certificate.left-out',
    what: 'The file also holds certificates that are not part of the chain.',
    next: 'Go on: they are left out of the file for the service.',
    details: subjects,
  }),
  pfxPasswordNeeded: (): Problem => ({
    code: 'certificate.password-needed',
    what: 'The PFX file has a password.',
    cause: 'It is needed once, to read the file; the copy for the service has none.',
    next: 'Give the password of the file.',
    untouched: UNTOUCHED,
  }),
  pfxPasswordWrong: (): Problem => ({
    code: 'certificate.wrong-password',
    what: 'The password does not open the PFX file.',
    next: 'Type the password again; upper and lower case count.',
    untouched: UNTOUCHED,
  }),
  keyPasswordNeeded: (): Problem => ({
    code: 'certificate.password-needed',
    what: 'The private key is encrypted, and no password was given.',
    cause: 'The password is needed once, to read the key; the copy for the service has none.',
    next: 'Give the password of the private key.',
    untouched: UNTOUCHED,
  }),
  keyPasswordWrong: (): Problem => ({
    code: 'certificate.wrong-password',
    what: 'The password does not open the private key.',
    next: 'Type the password again; upper and lower case count.',
    untouched: UNTOUCHED,
  }),
  noKeyInFile: (): Problem => ({
    code: 'certificate.no-key-in-file',
    what: 'The file named as the private key holds none.',
    next: 'Choose the file of the private key, or leave it out to look among the pending requests.',
    untouched: UNTOUCHED,
  }),
  pendingKeyDamaged: (): Problem => ({
    code: 'certificate.request-key',
    what: 'The private key of the certificate request is damaged.',
    cause: 'Without it the issued certificate cannot sign.',
    next: 'Restore the file of the key from a backup, or make a new request.',
    untouched: UNTOUCHED,
  }),
  otherKey: (): Problem => ({
    code: 'certificate.other-key',
    what: 'The private key does not belong to the certificate.',
    cause: 'The service would sign tokens that nobody can verify with the published key.',
    next: 'Choose the key that the certificate was requested with.',
    untouched: UNTOUCHED,
  }),
} as const satisfies Record<string, (...about: never[]) => Problem>
