import type { SigningCertificateAnswers } from '../../electron/contract/certificate.ts'
import { emptyCertificate, type CertificateData } from './certificate-data.ts'
import { given, givenNumber, givenSecret, givenYes, type Draft } from './given.ts'
import { slotOf } from './secret-slot.ts'

/** The certificate's part of the answers; what was typed for the other way stays on the page. */
export function certificateDraft(data: CertificateData): Draft {
  const way =
    data.from === 'new'
      ? {
          key: data.key,
          ...given('hash', data.hash),
          ...given('subject', data.subject),
          ...givenNumber('days', data.days),
        }
      : {
          ...given('file', data.file),
          ...given('privateKey', data.privateKey),
          ...givenSecret('password', data.password),
        }
  return {
    from: data.from,
    ...way,
    ...given('profile', data.profile),
    ...givenYes('cer', data.cer),
    ...(data.pem ? { pem: givenSecret('password', data.pemPassword) } : {}),
  }
}

/** The page's fields for complete answers. */
export function certificateData(answers: SigningCertificateAnswers): CertificateData {
  const around = {
    profile: answers.profile ?? '',
    cer: answers.cer ?? false,
    pem: answers.pem !== undefined,
    pemPassword: slotOf(answers.pem?.password),
  } as const
  if (answers.from === 'new')
    return {
      ...emptyCertificate,
      ...around,
      from: 'new',
      key: answers.key,
      hash: answers.hash ?? '',
      subject: answers.subject,
      days: String(answers.days),
    }
  return {
    ...emptyCertificate,
    ...around,
    from: 'file',
    file: answers.file,
    privateKey: answers.privateKey ?? '',
    password: slotOf(answers.password),
  }
}
