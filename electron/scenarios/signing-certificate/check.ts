import { isAbsolute } from 'node:path'
import { refuseHash } from '../../certificate/keys.ts'
import { DEFAULT_SUBJECT, parseSubject } from '../../certificate/subject.ts'
import type { SigningCertificateAnswers } from '../../contract/certificate.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import { refused } from '../refused.ts'

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
        ...fullPath('certificate.file', certificate.file),
        ...fullPath('certificate.privateKey', certificate.privateKey),
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

function fullPath(path: string, value: string | undefined): Problem[] {
  return value === undefined || isAbsolute(value)
    ? []
    : [refused(path, `“${value}” is not a full path.`, 'Start it at the root or with a drive letter.')]
}
