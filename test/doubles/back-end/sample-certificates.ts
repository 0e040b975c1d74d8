import type {
  CertificateFacts,
  CertificateLook,
  CertificateOptionsView,
  PasswordStrength,
  PendingRequestView,
} from '../../../electron/contract/certificate.ts'
import { SetupError, type Problem } from '../../../electron/contract/problem.ts'
import type { Script } from './scripted.ts'

// All names, addresses, numbers and secrets here are invented.

const facts: CertificateFacts = {
  subject: 'CN=identity.corp.example, O=Example, C=DE',
  issuer: 'CN=Example Issuing CA 2, O=Example, C=DE',
  selfSigned: false,
  notBefore: '2026-11-02T00:00:00Z',
  notAfter: '2028-11-01T23:59:59Z',
  daysLeft: 711,
  key: 'RSA-3072',
  signature: 'SHA-256 with RSA',
  serialNumber: '4F0C19D2A7B36E5581C07A3D94E2B6F1',
  thumbprint: '38D0A1025246F6E94B3FA32F7478AEA9F5E6447C',
  thumbprint256: '9B1E0C55D7A2F48863D1097A4CE5B20F71886A3D5EC4F2901BB7D60A83E94C12',
  kid: '38D0A1025246F6E94B3FA32F7478AEA9F5E6447CRS256',
  keyUsage: ['digitalSignature', 'keyEncipherment'],
}

export const issued: CertificateLook = {
  file: 'D:\\certificates\\identity-2026.pfx',
  format: 'PFX',
  protection: 'AES-256, with a password',
  privateKey: 'same-file',
  ready: false,
  certificate: facts,
  chain: [
    {
      subject: 'CN=Example Issuing CA 2, O=Example, C=DE',
      issuer: 'CN=Example Root CA, O=Example, C=DE',
      notAfter: '2033-05-10T00:00:00Z',
    },
    {
      subject: 'CN=Example Root CA, O=Example, C=DE',
      issuer: 'CN=Example Root CA, O=Example, C=DE',
      notAfter: '2041-05-10T00:00:00Z',
    },
  ],
  problems: [],
  warnings: [],
}

/** As the running installation of the other samples has it. */
export const currentLook: CertificateLook = {
  file: 'C:\\IdentityService\\openssl.pfx',
  format: 'PFX',
  protection: 'AES-256, no password',
  privateKey: 'same-file',
  ready: true,
  certificate: {
    ...facts,
    subject: 'CN=Identity Service APP01',
    issuer: 'CN=Identity Service APP01',
    selfSigned: true,
    notBefore: '2023-12-11T08:30:00Z',
    notAfter: '2026-12-10T08:30:00Z',
    daysLeft: 19,
    key: 'RSA-2048',
    keyUsage: ['digitalSignature'],
    thumbprint: 'C41B7F90D2E658A3B7041D9FE3528C6A10B4D7E9',
    kid: 'C41B7F90D2E658A3B7041D9FE3528C6A10B4D7E9RS256',
  },
  chain: [],
  problems: [],
  warnings: [
    {
      code: 'certificate.ends-soon',
      what: 'The certificate ends in 19 days.',
      next: 'Replace it before 10 December 2026.',
    },
  ],
}

const passwordNeeded: Problem = {
  code: 'certificate.password-needed',
  what: 'The PFX file has a password.',
  next: 'Enter the password.',
}

export const protectedLook: CertificateLook = {
  file: issued.file,
  format: 'PFX',
  privateKey: 'missing',
  ready: false,
  chain: [],
  problems: [passwordNeeded],
  warnings: [],
}

export const wrongPasswordLook: CertificateLook = {
  ...protectedLook,
  problems: [
    {
      code: 'certificate.wrong-password',
      what: 'The password does not open the PFX file.',
      next: 'Type the password again; upper and lower case count.',
    },
  ],
}

const { protection: _none, ...unprotected } = issued

export const keylessLook: CertificateLook = {
  ...unprotected,
  file: 'D:\\certificates\\identity-2026.crt',
  format: 'PEM',
  privateKey: 'missing',
  ready: false,
  problems: [
    {
      code: 'certificate.no-private-key',
      what: 'The private key of the certificate was not found.',
      cause: 'The service signs tokens with it and does not start without it.',
      next: 'Name the file of the private key, or export the certificate together with it as a PFX file. When this program made the request, the key waits on that machine, for the user who made it.',
    },
  ],
}

export const unfitLook: CertificateLook = {
  ...issued,
  file: 'D:\\certificates\\identity-2019.pfx',
  protection: 'RC2-40, with a password',
  certificate: {
    ...facts,
    notBefore: '2016-11-02T00:00:00Z',
    notAfter: '2026-11-01T23:59:59Z',
    daysLeft: -20,
    key: 'RSA-1024',
    signature: 'SHA-1 with RSA',
    keyUsage: ['keyEncipherment'],
  },
  problems: [
    {
      code: 'certificate.expired',
      what: 'The certificate ended on 1 November 2026.',
      next: 'Choose a certificate that is still valid, or let this program make a new one.',
    },
    {
      code: 'certificate.short-key',
      what: 'The key is too short to sign with: RSA-1024.',
      cause: 'The service refuses RSA keys below 2048 bits.',
      next: 'Ask the authority for a certificate with at least RSA 2048.',
    },
    {
      code: 'certificate.same-certificate',
      what: 'The installation IdentityServiceTest signs with the same certificate.',
      cause:
        'Whoever can sign for one of them could sign for the other; Creatio’s manual asks for a certificate of its own for each instance.',
      next: 'Choose another certificate, or let this program make a new one.',
    },
  ],
  warnings: [
    {
      code: 'certificate.weak-hash',
      what: 'The certificate itself is signed with SHA-1.',
      next: 'Ask for one with SHA-256 when it is renewed.',
    },
  ],
}

export const pendingRequest: PendingRequestView = {
  id: 'req-4f1c',
  subject: 'CN=identity.corp.example, O=Example, C=DE',
  key: 'RSA-3072',
  createdAt: '2026-11-17T10:20:00Z',
  file: 'C:\\Users\\a.martin\\Documents\\identity-service.csr',
}

export const certificateOptions: CertificateOptionsView = {
  ecdsa: {
    offered: true,
    certain: false,
    why: 'ECDSA came with Creatio 8.2.3; 8.2.1 and 8.2.2 are built for .NET 8 too and cannot sign with it.',
  },
  profile: {
    suggested: 'AES-256',
    why: 'AES-256 is read in containers, and by Windows Server 2019 and later; 3DES is for an older Windows.',
  },
  requests: [],
}

export const olderOptions: CertificateOptionsView = {
  ecdsa: {
    offered: false,
    certain: true,
    why: 'The service is built for .NET 6; ECDSA came with Creatio 8.2.3, which is built for .NET 8.',
  },
  profile: {
    suggested: '3DES',
    why: 'This Windows (build 14393) is older than Windows Server 2019 and takes a PFX with AES-256 for one with a wrong password.',
  },
  requests: [],
}

const weak: PasswordStrength = {
  score: 0,
  acceptable: false,
  summary:
    'For somebody who has the file, guessing the password takes less than a second. This is a top-10 common password.',
  wanted: [
    'Use at least 12 characters.',
    'Add an uppercase Latin letter.',
    'Add a digit.',
    'Avoid common words and easily guessable patterns.',
  ],
}

const strong: PasswordStrength = {
  score: 4,
  acceptable: true,
  summary: 'For somebody who has the file, guessing the password takes centuries.',
  wanted: [],
}

/** Answers to every call about certificates and the password of a key. */
export const certificateReplies: Pick<
  Script,
  | 'certificate.check'
  | 'certificate.options'
  | 'certificate.look'
  | 'certificate.current'
  | 'certificate.request'
  | 'certificate.forget-request'
  | 'password.check'
  | 'password.generate'
> = {
  'certificate.check': (input) => ({
    subject: input.subject,
    notAfter: '2029-11-20T12:00:00Z',
    notes: [],
  }),
  'certificate.options': () => certificateOptions,
  'certificate.look': ({ file, password }) => {
    if (!file.endsWith('.pfx'))
      throw new SetupError({
        code: 'files.missing',
        what: `There is no file ${file}.`,
        next: 'Choose the certificate file.',
      })
    return password === undefined ? { ...protectedLook, file } : { ...issued, file }
  },
  'certificate.current': () => currentLook,
  'certificate.request': ({ key, subject }) => ({ ...pendingRequest, key, subject }),
  'certificate.forget-request': () => null,
  'password.check': ({ value }) => (value.length < 12 ? weak : strong),
  'password.generate': () => ({
    secret: 'vault:certificate.pem.password',
    length: 24,
    strength: strong,
  }),
}
