import { SetupError } from '../contract/problem.ts'
import { call, check } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'

export interface StoreCertificateInput {
  /** Left out for one that only the service itself has shown. */
  readonly thumbprint?: string
  readonly subject: string
  /** The certificate and those that issued it, as PEM. No key. */
  readonly pem: string
  readonly certificate: string
}

/** A certificate of the machine’s store, or of a running service, as a file: by it this program trusts the service when it asks it. */
export const writeStoreCertificate: Step<StoreCertificateInput, ReplacedFile> = {
  kind: 'write-store-certificate',

  async inspect({ certificate, pem }, { machine }) {
    const now = await machine.files.read(certificate)
    if (!now) return { state: 'absent', evidence: ['The certificate is not there yet.'] }
    return Buffer.from(now).toString('utf8') === pem
      ? { state: 'as-wanted', evidence: ['It is the chosen certificate.'] }
      : { state: 'differs', evidence: ['It is another certificate than the chosen one.'] }
  },

  preview({ certificate, subject, thumbprint }) {
    const binary = `${subject}${thumbprint === undefined ? '' : ` (${thumbprint})`} without its key, for hosts that have to trust it.`
    return {
      detail: 'no key',
      files: [{ path: certificate, change: 'new', added: 0, removed: 0, lines: [], binary }],
    }
  },

  async apply({ certificate, pem }, context) {
    await replaceFile(context, certificate, Buffer.from(pem))
    return `${certificate} is written.`
  },

  async verify({ certificate, pem }, { machine }) {
    const now = await machine.files.read(certificate)
    if (now && Buffer.from(now).toString('utf8') === pem) return 'read back and equal'
    throw new SetupError({
      code: 'certificate.tls',
      what: 'The certificate read back is not the one that was written.',
      where: { file: certificate },
      next: 'Try this step again.',
    })
  },

  undo: restoreFile,

  script: ({ thumbprint, pem, certificate }) => [
    ...(thumbprint === undefined ? [] : [check('Assert-StoredCertificate', { Thumbprint: thumbprint })]),
    call('Write-TextFile', { Path: certificate, Text: pem }),
  ],
}
