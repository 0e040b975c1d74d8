import { readPfx } from '../certificate/read.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { call, check, type ScriptSecret } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'

export interface ExportInput {
  /** The PFX that the answers name; it stays where it is. */
  readonly pfx: string
  readonly password?: Secret
  /** Where the certificate goes as PEM, without its key. */
  readonly certificate: string
}

/**
 * The certificate of an own PFX without its key: what hosts import that do not know its issuer, and what this program
 * goes by when it asks the service itself.
 */
export const exportTlsCertificate: Step<ExportInput, ReplacedFile> = {
  kind: 'export-tls-certificate',

  async inspect(input, { machine }) {
    const now = await machine.files.read(input.certificate)
    if (!now) return { state: 'absent', evidence: ['The certificate is not there yet.'] }
    return (await certificateIn(machine, input)).equals(now)
      ? { state: 'as-wanted', evidence: ['It is the certificate in the PFX file.'] }
      : { state: 'differs', evidence: ['It is another certificate than the one in the PFX file.'] }
  },

  preview({ pfx, certificate }) {
    const binary = `The certificate in ${pfx} without its key, for hosts that have to trust it.`
    return {
      detail: 'no key',
      files: [{ path: certificate, change: 'new', added: 0, removed: 0, lines: [], binary }],
    }
  },

  async apply(input, context) {
    await replaceFile(context, input.certificate, await certificateIn(context.machine, input))
    return `${input.certificate} is written.`
  },

  async verify(input, { machine }) {
    const now = await machine.files.read(input.certificate)
    if (now && (await certificateIn(machine, input)).equals(now)) return 'read back and equal'
    throw new SetupError({
      code: 'certificate.tls',
      what: 'The certificate read back is not the one in the PFX file.',
      where: { file: input.certificate },
      next: 'Try this step again.',
    })
  },

  undo: restoreFile,

  script: ({ pfx, password, certificate }) => [
    check('Assert-File', { Path: pfx }),
    call('Export-HttpsCertificate', {
      Path: pfx,
      ...(password ? { Password: pfxPassword(pfx) } : {}),
      Certificate: certificate,
    }),
  ],
}

/** The password of a PFX, as a script asks for it. */
export function pfxPassword(pfx: string): ScriptSecret {
  return { name: 'pfxPassword', from: 'ask', what: `Password of ${pfx}` }
}

async function certificateIn(machine: Machine, { pfx, password }: ExportInput): Promise<Buffer> {
  const bytes = await machine.files.read(pfx)
  const { facts, problems } = await readPfx(bytes ?? new Uint8Array(), password)
  if (facts) return Buffer.from(facts.certificatePem)
  throw new SetupError({ ...problems[0]!, where: { file: pfx } })
}
