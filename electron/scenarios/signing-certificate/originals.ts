import { readPfx } from '../../certificate/read.ts'
import { besidePfx } from '../../certificate/write-files.ts'
import type { Problem } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { unlessDenied } from '../../steps/administrator-view.ts'

/** What is read of an issued certificate, and what is written of it. */
export interface IssuedPlaces {
  readonly file: string
  readonly privateKey?: string | undefined
  /** SHA-1 of the certificate in it; missing where none could be read. */
  readonly thumbprint?: string | undefined
  /** Where the PFX for the service goes. */
  readonly pfx: string
  /** Whether these are wanted beside it. */
  readonly cer?: boolean
  readonly pem?: boolean
}

/**
 * Files of an issued certificate that would be written over: originals stay as they are. A PFX that lies in its place
 * already, and that the service can open, is fine: it is left as it is.
 */
export async function writtenOver(machine: Machine, places: IssuedPlaces): Promise<readonly Problem[]> {
  const { file, privateKey, pfx, cer, pem } = places
  const beside = besidePfx(pfx)
  const others = [...(cer ? [beside.cer] : []), ...(pem ? [beside.crt, beside.key] : [])]
  const originals = [
    { original: file, path: 'certificate.file' },
    ...(privateKey === undefined ? [] : [{ original: privateKey, path: 'certificate.privateKey' }]),
  ]
  const problems = originals.map(async ({ original, path }): Promise<Problem | undefined> => {
    if (await leadsTo(machine, original, pfx))
      return (await isKept(machine, places)) ? undefined : inPlaceOf(original, path, PFX)
    for (const other of others)
      if (await leadsTo(machine, original, other)) return inPlaceOf(original, path, BESIDE)
    return undefined
  })
  return (await Promise.all(problems)).filter((problem) => problem !== undefined)
}

/** Where this user may not look, nothing can have been read either. */
async function leadsTo({ files }: Machine, original: string, written: string): Promise<boolean> {
  return (await unlessDenied(files.isSame(original, written))) ?? false
}

/** As whoever writes the PFX decides, too. */
async function isKept({ files }: Machine, { pfx, thumbprint }: IssuedPlaces): Promise<boolean> {
  const bytes = await files.read(pfx)
  const { facts, problems } = await readPfx(bytes ?? new Uint8Array())
  return facts !== undefined && facts.thumbprint === thumbprint && problems.length === 0
}

const PFX = {
  what: 'lies exactly where the PFX of the service is written.',
  next: 'Copy it elsewhere, and name the copy: there it is only read.',
}
const BESIDE = {
  what: 'lies exactly where a file beside the PFX of the service is written.',
  next: 'Copy it elsewhere, and name the copy; or leave out the .cer file and the PEM pair.',
}

function inPlaceOf(original: string, path: string, { what, next }: typeof PFX): Problem {
  return {
    code: 'certificate.original-in-place',
    what: `“${original}” ${what}`,
    cause:
      'An issued certificate is written anew for the service, without a password; the original stays as it is.',
    where: { path, file: original },
    next,
    untouched: 'Nothing was changed.',
  }
}
