import { inject } from 'vitest'
import { lexemesOf } from './lexemes.ts'
import type { SyntaxProblem } from './transact-sql.ts'

/** Resolves when the grammar answers, so that no time-out under test counts its loading. */
export async function grammarReady(): Promise<void> {
  await askGrammar('select 1')
}

const asked = new Map<string, Promise<SyntaxProblem | null>>()

/**
 * Where a batch is no Transact-SQL; null when it is. Names in brackets and texts are one piece of the language whatever they
 * say, so n stands for what they say: no password goes elsewhere, and another name is no new text.
 * @throws Error when the grammar does not answer
 */
export async function askGrammar(sql: string): Promise<SyntaxProblem | null> {
  if ((await once(withNames(sql, () => 'n'))) === null) return null
  // With names of their own length, the place is right.
  return once(withNames(sql, (said) => said.replaceAll(/[^\r\n]/g, 'n')))
}

function withNames(sql: string, instead: (said: string) => string): string {
  const named = lexemesOf(sql).filter(({ kind }) => kind === 'name' || kind === 'text')
  // From the end, so that offsets before it stay.
  return named.toReversed().reduce((whole, { text, start }) => {
    const [open, close] = [start + (text.startsWith('N') ? 2 : 1), start + text.length - 1]
    return whole.slice(0, open) + instead(whole.slice(open, close)) + whole.slice(close)
  }, sql)
}

function once(sql: string): Promise<SyntaxProblem | null> {
  const known = asked.get(sql)
  if (known) return known
  const answer = fetchAnswer(sql)
  asked.set(sql, answer)
  // What could not be asked once is no answer for the tests that follow.
  answer.catch(() => asked.delete(sql))
  return answer
}

async function fetchAnswer(sql: string): Promise<SyntaxProblem | null> {
  // A connection of its own: one that is kept may be closed by the other side in the moment in which it is used again.
  const response = await fetch(`http://127.0.0.1:${inject('grammarPort')}/`, {
    method: 'POST',
    body: sql,
    headers: { connection: 'close' },
  })
  if (!response.ok) throw new Error(`The grammar of Transact-SQL failed: ${await response.text()}`)
  return (await response.json()) as SyntaxProblem | null
}
