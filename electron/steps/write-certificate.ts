import { hashFor } from '../certificate/keys.ts'
import { readPfx } from '../certificate/read.ts'
import { signingPfx, type SigningSource } from '../certificate/signing-pfx.ts'
import type { PfxProfile } from '../contract/certificate.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Found, Step } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'
import { readSigningFile } from './signing-file.ts'
import { signingScript } from './signing-script.ts'

export interface CertificateInput {
  /** Where the PFX goes. */
  readonly path: string
  readonly source: SigningSource
  readonly profile: PfxProfile
  /** `inherit` where a container's user has to read the file; its folder is private then. */
  readonly access: 'private' | 'inherit'
  /**
   * What becomes of a certificate that is there and can sign. `usable`: it is kept, because a new one, made silently,
   * would end every session and token of the running service. `replaced`: another one takes its place.
   */
  readonly present: 'usable' | 'replaced'
  /** SHA-1 of the one to be replaced: once a new one is there, it has been. */
  readonly replaces?: string
  /** When the one to be replaced began, while it is still in use: what is older is not the new one. */
  readonly newerThan?: Date
  /** Where private keys of pending certificate requests wait. */
  readonly stateFolder: string
}

type Usable = Awaited<ReturnType<typeof readSigningFile>>

/** The PFX that signs the tokens: made in process, or what an authority has issued, without its password. */
export const writeCertificate: Step<CertificateInput, ReplacedFile> = {
  kind: 'write-certificate',

  inspect: (input, { machine }) =>
    seenByAdministrator(async () => {
      const bytes = await machine.files.read(input.path)
      if (!bytes) return { state: 'absent', evidence: ['There is no signing certificate yet.'] }
      const { facts, problems } = await readPfx(bytes)
      if (problems.length > 0 || !facts)
        return { state: 'differs', evidence: problems.map(({ what }) => what) }
      return input.source.from === 'file' || input.present === 'replaced'
        ? inspectReplaced(input, facts, machine)
        : inspectKept(facts, machine)
    }),

  preview({ path, source, profile }) {
    return {
      detail: source.from === 'new' ? source.key : 'issued certificate',
      files: [
        {
          path,
          change: 'new',
          added: 0,
          removed: 0,
          lines: [],
          binary: `${contentOf(source)} Encrypted with ${profile}, without a password, because the service opens it with none; access is restricted instead.`,
        },
      ],
    }
  },

  async apply({ path, source, profile, access, stateFolder }, context) {
    const { machine, signal } = context
    context.progress(0.1, source.from === 'new' ? `Making an ${source.key} key` : 'Reading the certificate')
    const made = await signingPfx(source, { machine, stateFolder, profile, signal })
    await replaceFile(context, path, made.pfx, { access })
    return `${path} holds the certificate ${made.thumbprint}, valid to ${dateOf(made.notAfter)}.`
  },

  async verify({ path, source }, { machine }) {
    const facts = await readSigningFile(machine, path)
    if (source.from === 'file' && facts.thumbprint !== source.thumbprint) throw notTheGiven(path)
    return `${facts.keyKind} with its private key, thumbprint ${facts.thumbprint}`
  },

  undo: restoreFile,

  script: signingScript,
}

function inspectKept(facts: Usable, machine: Machine): Found {
  const end = dateOf(facts.notAfter)
  return facts.notAfter <= machine.clock.now()
    ? { state: 'differs', evidence: [`The certificate ended on ${end}.`] }
    : { state: 'as-wanted', evidence: [`${wordsOf(facts)}; it is kept.`] }
}

function inspectReplaced(input: CertificateInput, facts: Usable, machine: Machine): Found {
  const { source } = input
  const there = source.from === 'file' ? facts.thumbprint === source.thumbprint : isNewOne(input, facts)
  return there && facts.notAfter > machine.clock.now()
    ? { state: 'as-wanted', evidence: [`${wordsOf(facts)}; it has been replaced.`] }
    : { state: 'differs', evidence: [`${wordsOf(facts)}; it is replaced.`] }
}

/** Made by this setup before it was interrupted, or when the same was asked for last. */
function isNewOne({ replaces, newerThan }: CertificateInput, { thumbprint, notBefore }: Usable): boolean {
  return replaces !== undefined && thumbprint !== replaces && (!newerThan || notBefore > newerThan)
}

function wordsOf({ keyKind, thumbprint, notAfter }: Usable): string {
  return `${keyKind}, ${thumbprint}, valid to ${dateOf(notAfter)}`
}

function contentOf(source: SigningSource): string {
  return source.from === 'new'
    ? `PFX with a new ${source.key} key and a self-signed certificate for ${source.subject}, ${hashFor(source.key, source.hash)}, ${source.days} days.`
    : `PFX with the certificate ${source.thumbprint} of ${source.file}, its chain and its private key.`
}

function dateOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}

function notTheGiven(path: string): SetupError {
  return new SetupError({
    code: 'certificate.not-written',
    what: 'The PFX does not hold the certificate that was given.',
    where: { file: path },
    next: 'Try this step again.',
  })
}
