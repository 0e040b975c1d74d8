import { refuseHash } from '../../certificate/keys.ts'
import { DEFAULT_SUBJECT, parseSubject } from '../../certificate/subject.ts'
import type { SigningCertificateAnswers } from '../../contract/certificate.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import { partPath, refused } from '../refused.ts'

/** What the schema cannot say of the certificate that is asked for. */
export function signingCertificateProblems(certificate: SigningCertificateAnswers): readonly Problem[] {
  return certificate.from === 'new'
    ? [
        ...tried(
          'certificate.subject',
          () => parseSubject(certificate.subject),
          `An example is ${DEFAULT_SUBJECT}.`,
        ),
        ...tried('certificate.hash', () => refuseHash(certificate.key, certificate.hash)),
      ]
    : [
        ...partPath('certificate.file', certificate.file),
        ...partPath('certificate.privateKey', certificate.privateKey),
      ]
}

function tried(path: string, work: () => unknown, more = ''): Problem[] {
  try {
    work()
    return []
  } catch (error) {
    const { what, next } = problemOf(error)
    return [refused(path, what, `${next} ${more}`.trim())]
  }
}
