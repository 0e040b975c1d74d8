import type {
  PfxProfile,
  SignatureHash,
  SigningCertificateAnswers,
  SigningKey,
} from '../../electron/contract/certificate.ts'
import { noSecret, type SecretSlot } from './secret-slot.ts'

/** What is typed about the certificate that signs tokens. Both ways keep their fields when the other is chosen. */
export interface CertificateData {
  readonly from: SigningCertificateAnswers['from']
  readonly key: SigningKey
  /** Empty: the usual one of the key. */
  readonly hash: SignatureHash | ''
  readonly subject: string
  /** As typed. */
  readonly days: string
  readonly file: string
  readonly privateKey: string
  /** Of the PFX file or the private key. */
  readonly password: SecretSlot
  /** Empty: by the Windows that the service runs on. */
  readonly profile: PfxProfile | ''
  readonly cer: boolean
  readonly pem: boolean
  /** Of `openssl.key`. */
  readonly pemPassword: SecretSlot
}

export const emptyCertificate: CertificateData = {
  from: 'new',
  key: 'RSA-2048',
  hash: '',
  subject: 'CN=Identity Service',
  days: '1095',
  file: '',
  privateKey: '',
  password: noSecret,
  profile: '',
  cer: false,
  pem: false,
  pemPassword: noSecret,
}
