import { ANSWERS_VERSION, type ChangeClientAnswers } from '../../contract/answers.ts'
import { exampleAnswers, type ExampleKind } from '../new-installation/example.ts'

/**
 * Complete answers to start from, as `identity-setup answers --scenario change-client` prints them: for the service that
 * the example of a new installation sets up.
 */
export function exampleClientChange(kind: ExampleKind, platform: NodeJS.Platform): ChangeClientAnswers {
  const { service, practice } = exampleAnswers(kind, platform)
  return {
    version: ANSWERS_VERSION,
    scenario: 'change-client',
    ...(practice === true ? { practice } : {}),
    installation: { target: service.target },
    client: { id: 'generate', secret: 'generate' },
  }
}
