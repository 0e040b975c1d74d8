import type { ReplaceCertificateAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import { partPath, refused } from '../refused.ts'
import { signingCertificateProblems } from '../signing-certificate/check.ts'

/** What the schema cannot say: answers that contradict each other, or that no machine could carry out. */
export function replacementProblems(answers: ReplaceCertificateAnswers): readonly Problem[] {
  const { installation, certificate, path, creatio } = answers
  return [
    ...partPath('installation.target', installation.target),
    ...(path === undefined ? [] : [...partPath('path', path), ...pfxName(path)]),
    ...signingCertificateProblems(certificate),
    ...(path !== undefined && installation.container !== undefined
      ? [
          refused(
            'path',
            'A container sees the certificate where it was started with it.',
            'Leave “path” out: the new certificate takes the place of the current one.',
          ),
        ]
      : []),
    ...(creatio?.pool !== undefined && creatio.container !== undefined
      ? [refused('creatio', 'Creatio runs in an application pool or in a container.', 'Name one of them.')]
      : []),
  ]
}

function pfxName(path: string): Problem[] {
  return /\.(pfx|p12)$/i.test(path)
    ? []
    : [refused('path', `“${path}” does not end in .pfx.`, 'Give the new file a name that ends in .pfx.')]
}
