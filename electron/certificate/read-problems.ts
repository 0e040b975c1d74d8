import type { Problem } from '../contract/problem.ts'

const MAKE_NEW = 'Choose another PFX file, or let this program make a new certificate.'

/** What can be wrong with a PFX file meant for signing, in words. */
export const pfxProblems = {
  empty: (): Problem => ({
    code: 'pfx.empty',
    what: 'The certificate file is empty.',
    next: MAKE_NEW,
  }),
  tooLarge: (bytes: number): Problem => ({
    code: 'pfx.too-large',
    what: `The file has ${bytes} bytes; a PFX file has a few thousand.`,
    next: MAKE_NEW,
  }),
  garbage: (): Problem => ({
    code: 'pfx.garbage',
    what: 'The file is not a PFX file, or it is damaged.',
    cause: 'A copy that was cut short, or another kind of file with the ending .pfx.',
    next: MAKE_NEW,
  }),
  unsupported: (about: string): Problem => ({
    code: 'pfx.unsupported',
    what: `The PFX file is protected by ${about}, which this program does not read.`,
    next: 'Export the certificate again with AES-256 or 3DES encryption, or let this program make a new one.',
  }),
  pbmac1: (): Problem => ({
    code: 'pfx.pbmac1',
    what: 'The PFX file is sealed with PBMAC1 (RFC 9579).',
    cause: 'The .NET of the service does not read such files and would not start.',
    next: 'Take the file up as an issued certificate: this program writes it anew for the service.',
  }),
  pem: (withKey: boolean): Problem => ({
    code: 'pfx.pem',
    what: withKey
      ? 'The file is a PEM file with a private key, not a PFX file.'
      : 'The file is a PEM file, not a PFX file.',
    next: 'Convert it together with its private key: openssl pkcs12 -export -passout pass: -in certificate.pem -inkey key.pem -out openssl.pfx',
  }),
  certificateOnly: (): Problem => ({
    code: 'pfx.certificate-only',
    what: 'The file holds a certificate without a private key (CRT or CER).',
    cause: 'The service signs tokens and needs the private key.',
    next: 'Export the certificate together with its private key as a PFX file without a password, or let this program make a new certificate.',
  }),
  password: (): Problem => ({
    code: 'pfx.password',
    what: 'The PFX file has a password.',
    cause: 'The service opens the file without one and would not start.',
    next: 'Export the certificate again without a password and protect the file by access rights, or let this program make a new certificate.',
  }),
  wrongPassword: (): Problem => ({
    code: 'pfx.wrong-password',
    what: 'The PFX file has a password, and it is another one.',
    cause: 'The service opens the file without a password.',
    next: 'Type the password again to see what is inside, or let this program make a new certificate.',
  }),
  noCertificate: (): Problem => ({
    code: 'pfx.no-certificate',
    what: 'The PFX file holds no certificate.',
    next: MAKE_NEW,
  }),
  noPrivateKey: (): Problem => ({
    code: 'pfx.no-private-key',
    what: 'The PFX file holds no private key.',
    cause: 'The service signs tokens with it and would not start.',
    next: 'Export the certificate again and choose to include the private key.',
  }),
  otherKey: (): Problem => ({
    code: 'pfx.other-key',
    what: 'The private key in the PFX file does not belong to its certificate.',
    next: MAKE_NEW,
  }),
  keyKind: (kind: string): Problem => ({
    code: 'pfx.key-kind',
    what: `The service cannot sign with a key of the kind ${kind}.`,
    next: 'Choose a certificate with an RSA key, or with an EC key on P-256, P-384 or P-521.',
  }),
  shortKey: (kind: string): Problem => ({
    code: 'pfx.short-key',
    what: `The key is too short to sign with: ${kind}.`,
    cause: 'The service refuses RSA keys below 2048 bits.',
    next: MAKE_NEW,
  }),
} as const
