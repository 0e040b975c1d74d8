import { dirname, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { ANSWERS_VERSION, setupSchema, type SetupAnswers } from '../../contract/answers.ts'
import { problemOf, SetupError, type Problem } from '../../contract/problem.ts'
import { readAnswers } from '../../setup/answers.ts'
import { decodeText } from '../../text/encoding.ts'
import type { PreparedOrProblems } from '../session/prepared.ts'
import { startPractice } from '../session/practice.ts'
import type { CommandContext } from './context.ts'
import { exitCodeOf } from './exit.ts'
import { withFullPaths } from './full-paths.ts'
import { pointedAt } from './point-at.ts'

type AnswersOrProblems = { readonly answers: SetupAnswers } | { readonly problems: readonly Problem[] }

/** Answers from a file or standard input. Relative paths in them count from the file's folder. */
export async function answersFrom(
  name: string,
  { machine, session }: CommandContext,
): Promise<AnswersOrProblems> {
  const file = name === '-' ? undefined : resolve(name)
  const content = file === undefined ? await text(process.stdin) : await machine.files.read(file)
  if (content === undefined)
    throw new SetupError({
      code: 'answers.missing',
      what: 'There is no answer file at this path.',
      where: { file: file ?? name },
      next: 'Correct the path; “identity-setup answers” prints an example.',
      untouched: 'Nothing was changed.',
    })
  const read = readAnswers(
    typeof content === 'string' ? content : decoded(content, file),
    setupSchema,
    ANSWERS_VERSION,
    file,
  )
  if ('problems' in read) return read
  return session.check(withFullPaths(read.answers, file === undefined ? process.cwd() : dirname(file)), file)
}

/** UTF-8, or UTF-16 with its mark, as Windows PowerShell writes by `>`. */
function decoded(bytes: Uint8Array, file: string | undefined): string {
  try {
    return decodeText(bytes, file).text
  } catch (error) {
    throw new SetupError({ ...problemOf(error), code: 'answers.not-text', untouched: 'Nothing was changed.' })
  }
}

/**
 * The answers that a command names by its arguments.
 * @param target another installation that answers for replacing a certificate are to be used for
 */
export async function answersFor(
  { file, target }: { readonly file: string; readonly target?: string | undefined },
  context: CommandContext,
): Promise<AnswersOrProblems> {
  const read = await answersFrom(file, context)
  if ('problems' in read || target === undefined) return read
  return context.session.check(pointedAt(read.answers, resolve(target)))
}

/** Answers planned, or the problems that keep them from it. A practice run's database is started for it. */
export async function preparedFrom(
  answers: SetupAnswers,
  { machine, session }: CommandContext,
): Promise<PreparedOrProblems> {
  const practice =
    answers.practice === true
      ? (await startPractice(machine, session.stateFolder, session.redactor)).facts
      : undefined
  return session.prepare(answers, practice)
}

/** Says every problem. Returns the exit code. */
export function refuse(problems: readonly Problem[], { output }: CommandContext): number {
  for (const problem of problems) output.problem(problem)
  return Math.max(...problems.map(exitCodeOf))
}
