import { SetupError } from '../../contract/problem.ts'
import { readKeywordValues } from '../../database/connection/keyword-values.ts'
import { placeholderIn, printLiteral } from '../../database/connection/placeholder.ts'
import { Secret } from '../../secrets/secret.ts'

/**
 * Puts values in the place of the names in square brackets that Creatio takes from HashiCorp Vault, such as
 * `Password=[DbPassword]`, with quotes where a value needs them. Nothing else is changed.
 * @throws SetupError `database.placeholder` naming those without a value, and `database.connection-string`
 */
export function fillPlaceholders(text: Secret, values: ReadonlyMap<string, Secret>): Secret {
  const plain = text.open()
  const missing = new Set<string>()
  let filled = ''
  let done = 0
  for (const { value, valueStart, valueEnd } of readKeywordValues(plain)) {
    const name = placeholderIn(value)
    if (name === undefined) continue
    const given = values.get(name)
    if (given === undefined) missing.add(name)
    else {
      filled += plain.slice(done, valueStart) + printLiteral(given.open())
      done = valueEnd
    }
  }
  if (missing.size > 0) throw unfilled([...missing])
  return new Secret(filled + plain.slice(done))
}

function unfilled(names: readonly string[]): SetupError {
  const [first] = names
  return new SetupError({
    code: 'database.placeholder',
    what: `The connection string has ${names.length === 1 ? 'a name' : 'names'} in square brackets without a value: ${names.join(', ')}.`,
    cause: 'Creatio fills them from HashiCorp Vault; the Identity Service cannot.',
    next: 'Give each of them its value.',
    where: { path: `database.placeholders.${first}` },
    untouched: 'Nothing was changed.',
  })
}
