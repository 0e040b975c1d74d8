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
      const wrong = await lacking(machine, input)
      if (wrong.length === 0)
        return { state: 'as-wanted', evidence: ['The files belong to the certificate.'] }
      return {
        state: wrong.every((text) => text.startsWith('There is no')) ? 'absent' : 'differs',
        evidence: wrong,
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
    const [wrong] = await lacking(machine, input)
    if (wrong === undefined) return 'read back; certificate and key belong to the PFX'
    throw new SetupError({
      code: 'certificate.not-exported',
      what: wrong,
      where: { file: input.pfx },
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

/** What keeps the files from belonging to the PFX, a sentence each. */
async function lacking(machine: Machine, input: ExportInput): Promise<readonly string[]> {
  const own = await certificateOf(machine, input.pfx)
  if (!own) return ['There is no certificate in the PFX yet.']
  const looks = pathsOf(input).map(async (path): Promise<readonly string[]> => {
    const bytes = await machine.files.read(path)
    if (!bytes) return [`There is no ${path} yet.`]
    return belongs(Buffer.from(bytes), own, path.endsWith('.key') ? input.pemPassword : undefined)
      ? []
      : [`${path} belongs to another certificate, or has another password.`]
  })
  return (await Promise.all(looks)).flat()
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
