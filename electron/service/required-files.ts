import { SetupError } from '../contract/problem.ts'
import type { Source } from './source.ts'

/** What every build of the service has at its root; peer tools use the same test. */
export const REQUIRED_FILES = ['IdentityService.dll', 'appsettings.json'] as const

/**
 * Refuses a source that is not the service, saying what is missing and, where it can be seen, what was chosen
 * instead: a folder too high, or the whole Creatio distribution.
 * Throws `source.nested`, `source.distribution`, `source.not-the-service`.
 */
export function requireServiceFiles(source: Pick<Source, 'kind' | 'path' | 'files'>): void {
  const paths = new Set(source.files.map((file) => file.path))
  const missing = REQUIRED_FILES.filter((name) => !paths.has(name))
  if (missing.length === 0) return
  const holder = source.kind === 'archive' ? 'archive' : 'folder'
  const refuse = (code: string, what: string, next: string, cause?: string) =>
    new SetupError({
      code: `source.${code}`,
      what,
      where: { file: source.path },
      ...(cause === undefined ? {} : { cause }),
      next,
      untouched: 'Nothing was changed.',
    })

  const nested = [...paths]
    .filter((path) => path.endsWith(`/${REQUIRED_FILES[0]}`) && path.split('/').length <= 4)
    .map((path) => path.slice(0, path.lastIndexOf('/')))
    .find((folder) => REQUIRED_FILES.every((name) => paths.has(`${folder}/${name}`)))
  if (nested !== undefined)
    throw refuse(
      'nested',
      `The service lies deeper in this ${holder}, in ${nested}.`,
      source.kind === 'archive'
        ? `Extract the archive and choose the folder ${nested} in it.`
        : `Choose the folder ${nested} in it.`,
      `${REQUIRED_FILES.join(' and ')} are expected at the root.`,
    )

  const inner = [...paths].find((path) => /(^|\/)IdentityService\.zip$/i.test(path))
  if (inner !== undefined)
    throw refuse(
      'distribution',
      `This ${holder} is not the service, but it holds the service's archive ${inner}.`,
      source.kind === 'archive' ? `Extract ${inner} from it and choose that file.` : `Choose ${inner} in it.`,
    )

  const otherCase = missing.flatMap((name) =>
    [...paths].filter((path) => path.toLowerCase() === name.toLowerCase()),
  )
  throw refuse(
    'not-the-service',
    `This ${holder} is not the Identity Service: ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing at its root.`,
    'Choose IdentityService.zip from the Creatio distribution, or the folder it was extracted to.',
    otherCase.length > 0
      ? `There is ${otherCase.join(', ')}; upper and lower case count on Linux.`
      : source.files.length === 0
        ? `The ${holder} holds no file.`
        : undefined,
  )
}
