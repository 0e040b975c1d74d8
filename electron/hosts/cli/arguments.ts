import { parseArgs, type ParseArgsConfig } from 'node:util'
import { SetupError } from '../../contract/problem.ts'

/**
 * Parses a command's arguments strictly. An option that is given twice is refused: the last value would win, and nobody
 * would be told that the first one counts for nothing.
 * @throws SetupError `arguments.invalid`
 */
export function parseCommand<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
  positionals: { readonly least: number; readonly most: number } = { least: 0, most: 0 },
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true, tokens: true })
    const given = parsed.tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))
    const twice = given.find((name, at) => options[name]?.multiple !== true && given.indexOf(name) !== at)
    if (twice !== undefined) throw new Error(`--${twice} is given twice.`)
    const { length } = parsed.positionals
    if (length < positionals.least) throw new Error('An argument is missing.')
    if (length > positionals.most)
      throw new Error(`“${parsed.positionals[positionals.most]}” is one argument too many.`)
    return parsed
  } catch (error) {
    throw invalidArguments(error instanceof Error ? error.message.split('\n')[0]! : String(error))
  }
}

/** Arguments that cannot be used, in the form every problem has. */
export function invalidArguments(what: string): SetupError {
  return new SetupError({
    code: 'arguments.invalid',
    what,
    next: 'Look at “identity-setup --help”.',
    untouched: 'Nothing was changed.',
  })
}
