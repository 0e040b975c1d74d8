import { dirname, resolve } from 'node:path'
import { hashFor } from '../certificate/keys.ts'
import { readPfx } from '../certificate/read.ts'
import { signingPfx, type SigningSource } from '../certificate/signing-pfx.ts'
import { parseSubject } from '../certificate/subject.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { readSettings } from '../service/settings-read.ts'
import type { Found, Step } from '../setup/step.ts'
import { seenByAdministrator, unlessDenied } from './administrator-view.ts'
import type { CertificateInput } from './certificate-input.ts'
import { replaceFile, restoreFile, sha256, type ReplacedFile } from './replace-file.ts'
import { readSigningFile } from './signing-file.ts'
import { signingScript } from './signing-script.ts'

const DAY_MS = 86_400_000

type Usable = Awaited<ReturnType<typeof readSigningFile>>

type WrittenPfx = ReplacedFile & Pick<CertificateInput, 'namedIn'>

/** The PFX that signs the tokens: made in process, or what an authority has issued, without its password. */
export const writeCertificate: Step<CertificateInput, WrittenPfx> = {
  kind: 'write-certificate',

  inspect: (input, { machine }) =>
    seenByAdministrator(async () => {
      const bytes = await machine.files.read(input.path)
      if (!bytes) return { state: 'absent', evidence: ['There is no signing certificate yet.'] }
      const { facts, problems } = await readPfx(bytes)
      return {
        ...(problems.length > 0 || !facts
          ? differs(...problems.map(({ what }) => what))
          : input.source.from === 'file' || input.present !== 'usable'
            ? inspectReplaced(input, facts, { bytes, now: machine.clock.now() })
            : inspectKept(facts, machine)),
        there: [input.path],
      }
    }),

  preview({ path, source, profile, present }) {
    return {
      detail: source.from === 'new' ? source.key : 'issued certificate',
      files: [
        {
          path,
          // In place of the one in use; elsewhere, what gives way is found by looking.
          change: present === 'replaced' ? 'changed' : 'new',
          added: 0,
          removed: 0,
          lines: [],
          binary: `${contentOf(source)} Encrypted with ${profile}, without a password, because the service opens it with none; access is restricted instead.`,
        },
      ],
    }
  },

  async apply({ path, source, profile, access, stateFolder, namedIn }, context) {
    const { machine, signal } = context
    context.progress(0.1, source.from === 'new' ? `Making an ${source.key} key` : 'Reading the certificate')
    const made = await signingPfx(source, { machine, stateFolder, profile, signal })
    const named = namedIn === undefined ? {} : { namedIn }
    const willUndo = (record: ReplacedFile) => context.willUndo({ ...record, ...named })
    await replaceFile({ ...context, willUndo }, path, made.pfx, { access })
    return `${path} holds the certificate ${made.thumbprint}, valid to ${dateOf(made.notAfter)}.`
  },

  async verify({ path, source }, { machine }) {
    const facts = await readSigningFile(machine, path)
    if (source.from === 'file' && facts.thumbprint !== source.thumbprint) throw notTheGiven(path)
    return `${facts.keyKind} with its private key, thumbprint ${facts.thumbprint}`
  },

  async undo(record, context) {
    if (record.backup === undefined && (await isNamed(record, context.machine))) throw stillNamed(record)
    return restoreFile(record, context)
  },

  script: signingScript,
}

function inspectKept(facts: Usable, machine: Machine): Found {
  const end = dateOf(facts.notAfter)
  return facts.notAfter <= machine.clock.now()
    ? differs(`The certificate ended on ${end}.`)
    : { state: 'as-wanted', evidence: [`${wordsOf(facts)}; it is kept.`] }
}

function inspectReplaced(
  input: CertificateInput,
  facts: Usable,
  { bytes, now }: { readonly bytes: Uint8Array; readonly now: Date },
): Found {
  if (isNewOne(input, facts) && facts.notAfter > now)
    return { state: 'as-wanted', evidence: [`${wordsOf(facts)}; it has been replaced.`] }
  if (isSomebodyElses(input, facts, bytes)) throw replacedMeanwhile(input, facts)
  return differs(`${wordsOf(facts)}.`)
}

/** What is there gives way. */
function differs(...evidence: readonly string[]): Found {
  return { state: 'differs', evidence: [...evidence, 'It is replaced, and a copy is kept.'] }
}

/** Made by this setup before it was interrupted, or when the same was asked for last. */
function isNewOne({ source, replaces, newerThan }: CertificateInput, facts: Usable): boolean {
  if (source.from === 'file') return facts.thumbprint === source.thumbprint
  const { thumbprint, notBefore } = facts
  const isAnother = replaces !== undefined && thumbprint !== replaces
  return isAnother && (!newerThan || notBefore > newerThan) && isAsAskedFor(source, facts)
}

function isAsAskedFor(
  { key, subject, days }: Extract<SigningSource, { from: 'new' }>,
  { keyKind, subject: found, notBefore, notAfter }: Usable,
): boolean {
  return (
    keyKind.replaceAll(/[ -]/g, '') === key.replaceAll('-', '') &&
    found === parseSubject(subject).text &&
    Math.round((notAfter.getTime() - notBefore.getTime()) / DAY_MS) === days
  )
}

/** Neither the one to be replaced, nor a new one, nor what an interrupted replacement with other wishes has left. */
function isSomebodyElses(input: CertificateInput, facts: Usable, bytes: Uint8Array): boolean {
  const { present, replaces, attempts = [] } = input
  return (
    present === 'replaced' &&
    replaces !== undefined &&
    facts.thumbprint !== replaces &&
    !isNewOne(input, facts) &&
    !attempts.includes(sha256(bytes))
  )
}

/** Somebody may have changed the settings since, so that they were left to them. */
async function isNamed({ path, namedIn }: WrittenPfx, { files, platform }: Machine): Promise<boolean> {
  if (namedIn === undefined) return false
  // Who may not read them has not written them either.
  const bytes = await unlessDenied(files.read(namedIn))
  const named = bytes && readSettings(bytes, namedIn).value('X509CertificatePath')
  if (named === undefined) return false
  const plain = (file: string) => (platform === 'win32' ? file.toLowerCase() : file)
  return plain(resolve(dirname(namedIn), named)) === plain(resolve(path))
}

function stillNamed({ path, namedIn }: WrittenPfx): SetupError {
  return new SetupError({
    code: 'undo.still-named',
    what: 'The settings of the service still name the new certificate file.',
    where: { file: path },
    cause: `X509CertificatePath in ${namedIn} was left as it is.`,
    next: 'Let it name the former file, restart the service, then take this back once more.',
    untouched: 'The file was left, because the service could not start without it.',
  })
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

/** Answers may name the certificate to be replaced, and come from another installation or another day. */
function replacedMeanwhile({ path, replaces }: CertificateInput, facts: Usable): SetupError {
  return new SetupError({
    code: 'certificate.replaced-meanwhile',
    what: 'The certificate in use is neither the one to be replaced nor one that is asked for.',
    where: { file: path },
    cause: `${replaces} was to be replaced, and ${wordsOf(facts)} is there: somebody has exchanged it, or the answers were made for another installation.`,
    next: 'Look at the certificate that is there. To replace that one, choose the installation again, or take “replaces” out of the answers; then start anew.',
    untouched: 'It was left as it is.',
  })
}

function notTheGiven(path: string): SetupError {
  return new SetupError({
    code: 'certificate.not-written',
    what: 'The PFX does not hold the certificate that was given.',
    where: { file: path },
    next: 'Try this step again.',
  })
}
