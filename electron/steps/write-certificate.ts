import { readPfx } from '../certificate/read.ts'
import { createSigningCertificate, type SigningKey } from '../certificate/signing.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { windowsName } from '../certificate/windows-name.ts'
import { call } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'

export interface CertificateInput {
  /** Where the PFX goes. */
  readonly path: string
  readonly key: SigningKey
  readonly subject: string
  readonly days: number
  /** `inherit` where a container's user has to read the file; its folder is private then. */
  readonly access: 'private' | 'inherit'
}

/**
 * The PFX that signs the tokens, made in process. One that is there and can sign is kept: making a new one silently
 * would end every session and token of the running service.
 */
export const writeCertificate: Step<CertificateInput, ReplacedFile> = {
  kind: 'write-certificate',

  async inspect(input, { machine }) {
    const bytes = await machine.files.read(input.path)
    if (!bytes) return { state: 'absent', evidence: ['There is no signing certificate yet.'] }
    const { facts, problems } = await readPfx(bytes)
    if (problems.length > 0 || !facts) return { state: 'differs', evidence: problems.map(({ what }) => what) }
    const end = facts.notAfter.toISOString().slice(0, 10)
    if (facts.notAfter <= machine.clock.now())
      return { state: 'differs', evidence: [`The certificate ended on ${end}.`] }
    const kept = `${facts.keyKind}, ${facts.thumbprint}, valid to ${end}; it is kept.`
    return { state: 'as-wanted', evidence: [kept] }
  },

  preview(input) {
    return {
      detail: input.key,
      files: [
        {
          path: input.path,
          change: 'new',
          added: 0,
          removed: 0,
          lines: [],
          binary: `PFX with a new ${input.key} key and a self-signed certificate for ${input.subject}, ${input.days} days. No password, because the service opens it with none; access is restricted instead.`,
        },
      ],
    }
  },

  async apply(input, context) {
    const { clock, random } = context.machine
    context.progress(0.1, `Making an ${input.key} key`)
    const made = await createSigningCertificate({ ...input, now: clock.now(), random })
    await replaceFile(context, input.path, made.pfx, { access: input.access })
    return `${input.path} holds ${input.key}, thumbprint ${made.thumbprint}, to ${made.notAfter.toISOString().slice(0, 10)}.`
  },

  async verify(input, { machine }) {
    const facts = await readSigning(machine, input.path)
    return `${facts.keyKind} with its private key, thumbprint ${facts.thumbprint}`
  },

  undo: restoreFile,

  script: ({ path, subject, key, days }) => [
    call('New-SigningPfx', {
      Path: path,
      Subject: windowsName(subject),
      KeyLength: Number(key.replace('RSA-', '')),
      Days: days,
    }),
  ],
}

/** What stands in the service's PFX. Rejects with the first problem that would keep the service from signing. */
async function readSigning(machine: Machine, path: string) {
  const bytes = await machine.files.read(path)
  if (!bytes)
    throw new SetupError({
      code: 'certificate.missing',
      what: 'The signing certificate is not there.',
      where: { file: path },
      next: 'Run the setup again; it makes a new one.',
    })
  const { facts, problems } = await readPfx(bytes)
  const [problem] = problems
  if (problem || !facts) throw new SetupError({ ...problem!, where: { file: path } })
  return facts
}
