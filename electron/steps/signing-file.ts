import { readPfx } from '../certificate/read.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'

/**
 * What stands in the PFX that the service signs with, or is to.
 * @throws SetupError `certificate.missing`; the first problem that keeps the service from signing with it; `file.…`
 */
export async function readSigningFile(machine: Machine, file: string) {
  const bytes = await machine.files.read(file)
  if (!bytes) throw noSigningFile(file)
  const { facts, problems } = await readPfx(bytes)
  const [problem] = problems
  if (problem || !facts) throw new SetupError({ ...problem!, where: { file } })
  return facts
}

/** The PFX is not where it is looked for. */
export function noSigningFile(file: string): SetupError {
  return new SetupError({
    code: 'certificate.missing',
    what: 'The PFX that the service is to sign with is not there.',
    where: { file },
    next: 'Put it there, or run the setup again, which writes it anew.',
  })
}
