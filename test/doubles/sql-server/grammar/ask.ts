import { inject } from 'vitest'
import { lexemesOf, type Lexeme } from './lexemes.ts'
import type { SyntaxProblem } from './transact-sql.ts'

/** Resolves when the grammar answers, so that no time-out under test counts its loading. */
export async function grammarReady(): Promise<void> {
  await askGrammar('select 1')
}

const asked = new Map<string, Promise<SyntaxProblem | null>>()

/** Where a batch is no Transact-SQL; null when it is. @throws Error when the grammar does not answer */
export function askGrammar(sql: string): Promise<SyntaxProblem | null> {
  const shape = shapeOf(sql)
  const known = asked.get(shape)
  if (known) return known
  const answer = fetchAnswer(shape)
  asked.set(shape, answer)
  return answer
}

/**
 * The text with n for each letter of names in brackets and of texts, which are one piece of the language whatever they say:
 * no password goes elsewhere, and a name made of random letters is no new text.
 */
function shapeOf(sql: string): string {
  const lexemes = lexemesOf(sql).filter(({ kind }) => kind === 'name' || kind === 'text')
  return lexemes.reduce((text, lexeme) => filled(text, lexeme), sql)
}

function filled(sql: string, { text, start }: Lexeme): string {
  const [open, close] = [start + (text.startsWith('N') ? 2 : 1), start + text.length - 1]
  return sql.slice(0, open) + sql.slice(open, close).replaceAll(/[^\r\n]/g, 'n') + sql.slice(close)
}

async function fetchAnswer(sql: string): Promise<SyntaxProblem | null> {
  const response = await fetch(`http://127.0.0.1:${inject('grammarPort')}/`, { method: 'POST', body: sql })
  if (!response.ok) throw new Error(`The grammar of Transact-SQL failed: ${await response.text()}`)
  return (await response.json()) as SyntaxProblem | null
}
