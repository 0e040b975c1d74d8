import { dirname, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { ANSWERS_VERSION, answersSchema, type Answers } from '../../contract/answers.ts'
import { problemOf, SetupError, type Problem } from '../../contract/problem.ts'
import { readAnswers } from '../../setup/answers.ts'
import { decodeText } from '../../text/encoding.ts'
import type { Prepared } from '../session/session.ts'
import { startPractice } from '../session/practice.ts'
import type { CommandContext } from './context.ts'

/** Answers from a file or standard input. Relative paths in them count from the file's folder. */
export async function answersFrom(
  name: string,
  { machine, session }: CommandContext,
): Promise<{ readonly answers: Answers } | { readonly problems: readonly Problem[] }> {
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
    answersSchema,
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

/** Answers checked and planned, or the problems that keep them from it. A practice run's database is started for it. */
export async function preparedFrom(
  name: string,
  context: CommandContext,
): Promise<{ readonly prepared: Prepared } | { readonly problems: readonly Problem[] }> {
  const read = await answersFrom(name, context)
  if ('problems' in read) return read
  const { machine, session } = context
  const practice =
    read.answers.practice === true
      ? (await startPractice(machine, session.stateFolder, session.redactor)).facts
      : undefined
  return session.prepare(read.answers, practice)
}

function withFullPaths(answers: Answers, base: string): Answers {
  const full = (path: string) => resolve(base, path)
  const { service, creatio, container, website } = answers
  const pfx = website?.https?.certificate
  return {
    ...answers,
    service: {
      ...service,
      ...(service.source === undefined ? {} : { source: full(service.source) }),
      target: full(service.target),
    },
    ...(creatio ? { creatio: { folder: full(creatio.folder) } } : {}),
    ...(container?.https?.certificate === undefined
      ? {}
      : {
          container: {
            ...container,
            https: { ...container.https, certificate: full(container.https.certificate) },
          },
        }),
    ...(pfx?.from === 'pfx'
      ? {
          website: {
            ...website!,
            https: { ...website!.https!, certificate: { ...pfx, file: full(pfx.file) } },
          },
        }
      : {}),
  }
}
