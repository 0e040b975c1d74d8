import { SetupError } from '../contract/problem.ts'

const NEXT = 'Take IdentityService.zip from the Creatio distribution again and compare its size.'

/** A refusal of an archive, with the entry it is about. */
export function archiveProblem(
  code: string,
  what: string,
  path: string,
  more: { cause?: string; next?: string; details?: readonly string[]; source?: unknown } = {},
): SetupError {
  return new SetupError(
    {
      code: `archive.${code}`,
      what,
      where: { file: path },
      ...(more.cause === undefined ? {} : { cause: more.cause }),
      next: more.next ?? NEXT,
      untouched: 'Nothing was extracted.',
      ...(more.details === undefined ? {} : { details: more.details }),
    },
    more.source === undefined ? {} : { cause: more.source },
  )
}

/** The end marker of a zip is missing or its directory does not fit: cut off, another format, or damaged. */
export function unreadable(path: string, head: Uint8Array, thrown: unknown): SetupError {
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const details = [message]
  const isZip = head[0] === 0x50 && head[1] === 0x4b
  if (!isZip)
    return archiveProblem('not-a-zip', 'This file is not a zip archive.', path, {
      next: 'Choose IdentityService.zip from the Creatio distribution.',
      details,
      source: thrown,
    })
  if (/signature not found|unexpected eof/i.test(message))
    return archiveProblem('truncated', 'The archive is cut off: its end is missing.', path, {
      details,
      source: thrown,
    })
  return archiveProblem('damaged', 'The archive is damaged: its directory cannot be read.', path, {
    details,
    source: thrown,
  })
}
