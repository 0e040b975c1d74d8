import type { ChangeClientAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import { clientValueProblems } from '../client-values.ts'
import { partPath, refused } from '../refused.ts'

/** What the schema cannot say: answers that contradict each other, or that no service could carry out. */
export function clientChangeProblems({ installation, client }: ChangeClientAnswers): readonly Problem[] {
  const { current } = client
  return [
    ...partPath('installation.target', installation.target),
    ...nothingToChange(client),
    ...clientValueProblems(client),
    ...(current === 'generate'
      ? [
          refused(
            'client.current',
            'The client of today is there already.',
            'Name its ClientId, or leave it out.',
          ),
        ]
      : []),
    ...repeated('client.scopes', client.scopes),
    ...repeated('client.grantTypes', client.grantTypes),
  ]
}

function nothingToChange({ id, name, secret, scopes, grantTypes }: ChangeClientAnswers['client']): Problem[] {
  return [id, name, secret, scopes, grantTypes].some((each) => each !== undefined)
    ? []
    : [
        refused(
          'client',
          'Nothing is to be changed.',
          'Give a new id, name, secret, scopes or grantTypes; “generate” makes an ID or a secret.',
        ),
      ]
}

function repeated(path: string, list: readonly string[] | undefined): Problem[] {
  const twice = list?.find((item, at) => list.indexOf(item) !== at)
  return twice === undefined
    ? []
    : [refused(path, `“${twice}” stands twice in the list.`, 'Name each one once.')]
}
