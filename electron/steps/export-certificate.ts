import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { basename } from 'node:path'
import { readMaterial } from '../certificate/material.ts'
import { besidePfx, certificateFiles } from '../certificate/write-files.ts'
import type { FileChange } from '../contract/plan.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import type { Step } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'
import type { ExportInput } from './certificate-input.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'
import { exportScript } from './signing-script.ts'

/** What lies beside the PFX for those who need it in another form: never the key in clear. */
export const exportCertificate: Step<ExportInput, ReplacedFile> = {
  kind: 'export-certificate',

  inspect: (input, { machine }) =>
    seenByAdministrator(async () => {
      const looks = await lookBeside(machine, input)
      const there = looks.filter(({ is }) => is !== 'missing').map(({ path }) => path)
      if (looks.every(({ is }) => is === 'own'))
        return { state: 'as-wanted', evidence: ['The files belong to the certificate.'], there }
      return {
        state: there.length === 0 ? 'absent' : 'differs',
        evidence: looks.filter(({ is }) => is !== 'own').map(wordsOf),
        there,
      }
    }),

  preview(input) {
    const paths = pathsOf(input)
    return { detail: paths.map((path) => basename(path)).join(', '), files: paths.map(changeOf) }
  },

  async apply(input, context) {
    const { pfx, cer, pemPassword } = input
    const bytes = await context.machine.files.read(pfx)
    const { certificate, chain, privateKey } = await readMaterial({ file: bytes ?? new Uint8Array() })
    if (!bytes || !certificate || !privateKey) throw noCertificate(pfx)
    const [, ...files] = await certificateFiles({
      pfxPath: pfx,
      pfx: bytes,
      certificates: [certificate.raw, ...chain.map(({ raw }) => raw)],
      privateKey,
      cer,
      ...(pemPassword ? { pem: { password: pemPassword } } : {}),
    })
    for (const { path, bytes: content, access } of files)
      await replaceFile(context, path, content, { access })
    return `Written beside it: ${pathsOf(input)
      .map((path) => basename(path))
      .join(', ')}.`
  },

  async verify(input, { machine }) {
    const wrong = (await lookBeside(machine, input)).find(({ is }) => is !== 'own')
    if (wrong === undefined) return 'read back; certificate and key belong to the PFX'
    throw new SetupError({
      code: 'certificate.not-exported',
      what: 'This file does not belong to the certificate in the PFX.',
      where: { file: wrong.path },
      next: 'Try this step again.',
    })
  },

  undo: restoreFile,

  script: exportScript,
}

function pathsOf({ pfx, cer, pemPassword }: ExportInput): readonly string[] {
  const names = besidePfx(pfx)
  return [...(cer ? [names.cer] : []), ...(pemPassword ? [names.crt, names.key] : [])]
}

function changeOf(path: string): FileChange {
  const binary = path.endsWith('.key')
    ? 'The private key, PEM, encrypted with the password that was given. For this user alone.'
    : 'The certificate without its private key.'
  return { path, change: 'new', added: 0, removed: 0, lines: [], binary }
}

interface Look {
  readonly path: string
  /** `own`: of the certificate in the PFX and, the key, under the password that was given. */
  readonly is: 'missing' | 'own' | 'other'
}

/** What lies beside the PFX where its files are to be. */
async function lookBeside(machine: Machine, input: ExportInput): Promise<readonly Look[]> {
  const own = await certificateOf(machine, input.pfx)
  const looks = pathsOf(input).map(async (path): Promise<Look> => {
    const bytes = await machine.files.read(path)
    if (!bytes) return { path, is: 'missing' }
    const password = path.endsWith('.key') ? input.pemPassword : undefined
    return { path, is: own && belongs(Buffer.from(bytes), own, password) ? 'own' : 'other' }
  })
  return Promise.all(looks)
}

/** Somebody else may have put it there: what becomes of it has to be said before. */
function wordsOf({ path, is }: Look): string {
  return is === 'missing'
    ? `There is no ${path} yet.`
    : `${path} is there and belongs to another certificate${path.endsWith('.key') ? ', or has another password' : ''}; it is replaced, and a copy is kept.`
}

async function certificateOf(machine: Machine, pfx: string): Promise<X509Certificate | undefined> {
  const bytes = await machine.files.read(pfx)
  return bytes && (await readMaterial({ file: bytes })).certificate
}

function belongs(bytes: Buffer, own: X509Certificate, password: Secret | undefined): boolean {
  try {
    if (!password) return new X509Certificate(bytes).raw.equals(own.raw)
    const key = createPrivateKey({ key: bytes, format: 'pem', passphrase: password.open() })
    return createPublicKey(key).equals(own.publicKey)
  } catch {
    return false
  }
}

function noCertificate(pfx: string): SetupError {
  return new SetupError({
    code: 'certificate.missing',
    what: 'The PFX holds no certificate with its private key.',
    where: { file: pfx },
    next: 'Run the setup again; it writes the PFX anew.',
  })
}
