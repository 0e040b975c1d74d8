import { isSign, isWord, type Lexeme } from './lexemes.ts'

/** Names of the parameters in `@name type, @name type`. */
export function declaredIn(lexemes: readonly Lexeme[]): readonly string[] {
  return lexemes.filter(({ kind }) => kind === 'variable').map(({ text }) => text)
}

/**
 * The variables that a batch uses, and where it uses one that is not declared before, by its parameters or by DECLARE.
 * Names are compared letter by letter, as a server with a case-sensitive collation does.
 */
export function variablesOf(
  lexemes: readonly Lexeme[],
  parameters: readonly string[],
): { readonly used: ReadonlySet<string>; readonly undeclared?: Lexeme } {
  const known = new Set(parameters)
  const used = new Set<string>()
  for (const [at, lexeme] of lexemes.entries()) {
    if (lexeme.kind !== 'variable' || lexeme.text.startsWith('@@')) continue
    if (isDeclared(lexemes, at)) known.add(lexeme.text)
    else if (!namesParameter(lexemes, at)) {
      used.add(lexeme.text)
      if (!known.has(lexeme.text)) return { used, undeclared: lexeme }
    }
  }
  return { used }
}

/** Behind DECLARE, or behind a comma of its list. */
function isDeclared(lexemes: readonly Lexeme[], at: number): boolean {
  if (isWord(lexemes[at - 1], 'declare')) return true
  // Only a type can stand behind a variable that is declared.
  return (
    isSign(lexemes[at - 1], ',') &&
    lexemes[at + 1]?.kind === 'word' &&
    isWord(opening(lexemes, at), 'declare')
  )
}

/** `@name =` among the arguments of EXECUTE is the callee's; right behind EXECUTE it is a variable for what it returns. */
function namesParameter(lexemes: readonly Lexeme[], at: number): boolean {
  if (!isSign(lexemes[at + 1], '=') || isWord(lexemes[at - 1], 'exec', 'execute')) return false
  return isWord(opening(lexemes, at), 'exec', 'execute')
}

const STATEMENTS = [
  'declare',
  'exec',
  'execute',
  'select',
  'set',
  'insert',
  'update',
  'delete',
  'if',
  'print',
  'create',
]

/** The word that the statement around a lexeme begins with. */
function opening(lexemes: readonly Lexeme[], at: number): Lexeme | undefined {
  const before = lexemes.slice(0, at)
  const end = before.findLastIndex((lexeme) => isSign(lexeme, ';'))
  return before.slice(end + 1).findLast((lexeme) => isWord(lexeme, ...STATEMENTS))
}
