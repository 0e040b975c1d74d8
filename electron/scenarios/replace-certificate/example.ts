import { ANSWERS_VERSION, type ReplaceCertificateAnswers } from '../../contract/answers.ts'
import { exampleAnswers, type ExampleKind } from '../new-installation/example.ts'

/**
 * Complete answers to start from, as `identity-setup answers --scenario replace-certificate` prints them: for the
 * service that the example of a new installation sets up.
 */
export function exampleReplacement(kind: ExampleKind, platform: NodeJS.Platform): ReplaceCertificateAnswers {
  const { service, certificate, practice } = exampleAnswers(kind, platform)
  return {
    version: ANSWERS_VERSION,
    scenario: 'replace-certificate',
    ...(practice === true ? { practice } : {}),
    installation: { target: service.target },
    certificate,
    ...creatioOf(kind),
  }
}

/** What runs Creatio; there is none in a practice run. */
function creatioOf(kind: ExampleKind): Pick<ReplaceCertificateAnswers, 'creatio'> {
  if (kind === 'practice') return {}
  return { creatio: kind === 'docker' ? { container: 'creatio' } : { pool: 'Creatio' } }
}
