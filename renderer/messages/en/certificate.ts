import { certificateLook } from './certificate-look.ts'
import { certificateRequest } from './certificate-request.ts'

export const certificate = {
  title: 'Certificate',
  lead: 'The Identity Service signs its tokens with this key. It is not the HTTPS certificate of the website.',
  regionLabel: 'Certificate',
  waysLabel: 'Where the certificate comes from',
  ways: {
    new: {
      title: 'Make a new certificate',
      text: 'Self-signed, made by this program. The usual choice.',
    },
    file: {
      title: 'Use an issued certificate',
      text: 'From a PFX, PEM, PKCS #7 or DER file.',
    },
  },
  key: 'Key',
  keyGroups: { RSA: 'RSA', ECDSA: 'ECDSA' },
  keys: {
    'RSA-2048': 'RSA 2048',
    'RSA-3072': 'RSA 3072',
    'RSA-4096': 'RSA 4096',
    'ECDSA-P256': 'ECDSA P-256',
    'ECDSA-P384': 'ECDSA P-384',
    'ECDSA-P521': 'ECDSA P-521',
  },
  uncertain: (why: string) => `${why} Proof shows whether this service can.`,
  hash: 'Hash',
  hashFixed: (hash: string) => `${hash}, fixed by the curve`,
  days: 'Valid for',
  daysHint: 'Days, from 1 to 36500. Replace the certificate before it ends.',
  daysName: 'the number of days',
  presets: { '365': '1 year', '730': '2 years', '1095': '3 years' },
  presetsLabel: 'Usual lengths',
  subject: 'Subject',
  subjectHint: 'Such as CN=Identity Service, O=Example',
  subjectName: 'the subject',
  get: 'This is what you get',
  expires: 'Ends on',
  unknownEnd: 'Not known yet',
  signs: 'Signs with',
  signsValue: (algorithm: string, key: string) => `${algorithm}, ${key}`,
  subjectRow: 'Subject',
  file: 'File',
  fileNew: 'openssl.pfx in the service’s folder',
  fileReplaced: 'In place of the current file, unless Restart names another path',
  protection: 'Protection',
  protectionValue:
    'No password, because the service opens the file without one. Access rights protect it: only the accounts that need it can open it.',
  encryption: (profile: string) => `Encrypted with ${profile}.`,
  beside: 'Beside it',
  besideFiles: { cer: 'openssl.cer', pem: 'openssl.crt and openssl.key' },
  kept: 'A certificate that this program made earlier and that still fits is kept.',
  note: (commit: string) => `${commit} makes the key and writes the file.`,
  noteFile: (commit: string) => `${commit} writes the service’s own copy. The file you chose stays as it is.`,

  further: 'File format and further files',
  furtherNow: (profile: string, files: number) =>
    files === 0
      ? `${profile}, no further files`
      : `${profile}, ${files} further ${files === 1 ? 'file' : 'files'}`,
  profile: 'Encryption of the PFX file',
  profileSuggested: (profile: string) => `As it suits the server: ${profile}`,
  profileUnknown: 'As it suits the server',
  profiles: { 'AES-256': 'AES-256 and SHA-256', '3DES': '3DES and SHA-1' },
  profileHints: {
    'AES-256': 'For Windows Server 2019 and later, Linux and containers.',
    '3DES': 'For Windows Server 2016 and older, which cannot open AES-256. Newer systems open it too.',
  },
  noPassword:
    'The PFX file has no password, because the service opens it without one. Its access rights protect it instead.',
  alsoWrite: 'Also write',
  cer: 'openssl.cer: the certificate without its key, for those who check tokens',
  pem: 'openssl.crt and openssl.key: certificate and key as PEM, the key encrypted',
  pemPassword: 'Password of openssl.key',
  pemPasswordName: 'the password of openssl.key',
  pemPasswordHint:
    'At least 12 characters: uppercase and lowercase letters, digits and special characters. Keep it in a password manager.',
  generate: 'Generate a password',
  generated: (length: number) => `Generated, ${length} characters. Copy it to your password manager now.`,
  weak: 'The password of openssl.key is too weak.',

  strength: {
    label: 'Strength of the password',
    words: ['Very weak', 'Weak', 'Fair', 'Strong', 'Very strong'],
    enough: 'Meets the recommendations',
    wanted: 'Still wanted',
  },

  source: 'Certificate file',
  sourceHint: 'PFX, PEM, PKCS #7 or DER, up to 1 MB',
  sourceName: 'the certificate file',
  privateKey: 'Private key file',
  privateKeyHint: (requests: number) =>
    requests === 0
      ? 'The certificate file holds no private key. PEM or DER, encrypted or not.'
      : 'The certificate file holds no private key, and none of the requests below was answered by it. PEM or DER, encrypted or not.',
  privateKeyGivenHint: 'PEM or DER, encrypted or not',
  password: 'Password',
  passwordHint: 'Used only to open the file. The service’s copy has none.',
  passwordNeeded: 'The file is protected. Enter its password.',
  privateKeyNeeded: 'The certificate file holds no private key. Choose the private key file.',
  looking: 'Looking at the certificate',
  found: 'What is in it',
  noLook: 'The certificate could not be looked at yet.',
  rewritten: 'Becomes',
  rewrittenValue: (file: string) => `${file}, written without a password. The file you chose stays as it is.`,
  fileNames: { new: 'openssl.pfx in the service’s folder', replaced: 'The service’s new file' },

  look: certificateLook,
  request: certificateRequest,
}
