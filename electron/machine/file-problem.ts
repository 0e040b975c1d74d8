import { dirname } from 'node:path'
import { type Problem, SetupError } from '../contract/problem.ts'

interface Words {
  readonly code: string
  readonly what: (path: string) => string
  readonly next: (path: string) => string
}

const ACCESS: Words = {
  code: 'file.no-access',
  what: (path) => `Access to “${path}” was denied.`,
  next: () => 'Give this user the right to change it, or start the program as an administrator.',
}
const FULL: Words = {
  code: 'file.disk-full',
  what: (path) => `There is no space left for “${path}”.`,
  next: () => 'Free some space on that disk, or choose a folder on another one.',
}
const IN_USE: Words = {
  code: 'file.in-use',
  what: (path) => `“${path}” is held open by another program.`,
  next: () =>
    'Close the program that uses it (an editor, a virus scanner, the running service), then try again.',
}
const NAME: Words = {
  code: 'file.bad-name',
  what: (path) => `“${printable(path)}” cannot be used as a file name here.`,
  next: () => 'Choose a name without control characters and without the characters < > : " | ? *.',
}

/** By the names Node gives to operating system errors (`node:os` constants.errno, and its own `ERR_…`). */
const BY_ERRNO: Readonly<Record<string, Words>> = {
  EACCES: ACCESS,
  EPERM: ACCESS,
  ENOSPC: FULL,
  EDQUOT: FULL,
  EFBIG: {
    code: 'file.too-large',
    what: (path) => `“${path}” would be larger than the file system allows.`,
    next: () => 'Choose a folder on another disk.',
  },
  EROFS: {
    code: 'file.read-only',
    what: (path) => `“${path}” is on a file system that is mounted read-only.`,
    next: () => 'Choose a folder on another disk, or mount this one for writing.',
  },
  ENAMETOOLONG: {
    code: 'file.path-too-long',
    what: (path) => `The path “${shortened(path)}” is too long (${path.length} characters).`,
    next: () => 'Choose a folder with a shorter path.',
  },
  ENOTDIR: {
    code: 'file.not-a-folder',
    what: (path) => `A part of “${path}” is a file where a folder is needed.`,
    next: () => 'Choose another folder, or move that file away.',
  },
  EISDIR: {
    code: 'file.is-a-folder',
    what: (path) => `“${path}” is a folder where a file is needed.`,
    next: () => 'Choose another file name, or move that folder away.',
  },
  ENOENT: {
    code: 'file.missing',
    what: (path) => `There is no file or folder “${path}”.`,
    next: (path) => `Check the path; the folder it should be in is “${dirname(path)}”.`,
  },
  EEXIST: {
    code: 'file.exists',
    what: (path) => `“${path}” is there already.`,
    next: () => 'Move it away, or choose another name.',
  },
  ENOTEMPTY: {
    code: 'file.not-empty',
    what: (path) => `The folder “${path}” is not empty.`,
    next: () => 'Move what is in it away, then try again.',
  },
  EBUSY: IN_USE,
  ETXTBSY: IN_USE,
  EXDEV: {
    code: 'file.other-disk',
    what: (path) => `“${path}” cannot be moved to another disk in one step.`,
    next: () => 'Choose a folder on the same disk.',
  },
  ELOOP: {
    code: 'file.link-loop',
    what: (path) => `The links in “${path}” lead in a circle.`,
    next: () => 'Choose a path without that link.',
  },
  EMFILE: {
    code: 'file.too-many-open',
    what: (path) => `“${path}” was not opened: too many files are open.`,
    next: () => 'Close other programs, then try again.',
  },
  EINVAL: NAME,
  ERR_INVALID_ARG_VALUE: NAME,
}

/**
 * The error of a file operation as the installer reads it. A SetupError is handed back as it is.
 * @param untouched what was left as it was, when the operation would have changed something
 */
export function fileError(thrown: unknown, path: string, untouched?: string): SetupError {
  if (thrown instanceof SetupError) return thrown
  const errno = errnoOf(thrown)
  const words = BY_ERRNO[errno ?? '']
  const problem: Problem = {
    code: words?.code ?? 'file.unexpected',
    what: words?.what(path) ?? `“${path}” could not be read or changed.`,
    where: { file: printable(path) },
    next: words?.next(path) ?? 'Check the disk, then try again.',
    ...(untouched === undefined ? {} : { untouched }),
    // Node puts the offending argument into the message of its own checks, so only the system's are shown.
    ...(thrown instanceof Error && !errno?.startsWith('ERR_') ? { details: [thrown.message] } : {}),
  }
  return new SetupError(problem, { cause: thrown })
}

/** The operating system's name of an error, such as `ENOENT`. */
export function errnoOf(thrown: unknown): string | undefined {
  if (thrown === null || typeof thrown !== 'object' || !('code' in thrown)) return undefined
  return typeof thrown.code === 'string' ? thrown.code : undefined
}

function printable(path: string): string {
  return path.replace(/\p{Cc}/gu, '\uFFFD')
}

function shortened(path: string): string {
  return path.length <= 120 ? path : `${path.slice(0, 60)}…${path.slice(-50)}`
}
