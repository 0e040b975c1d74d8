import { X509Certificate } from 'node:crypto'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import type { Secret } from '../secrets/secret.ts'
import { call } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import {
  importPfx,
  listMachineCertificates,
  removeCertificate,
  type StoredCertificate,
} from '../windows/certificates.ts'
import { pfxPassword } from './export-tls-certificate.ts'

export interface ImportInput {
  readonly pfx: string
  readonly password?: Secret
  /** The same certificate as PEM without its key, written by an earlier step. */
  readonly certificate: string
}

interface ImportUndo {
  readonly added: StoredCertificate
}

/** Brings a certificate with its key into the machine’s store, where HTTP.sys, and so IIS, looks for it. */
export const importTlsCertificate: Step<ImportInput, ImportUndo> = {
  kind: 'import-tls-certificate',

  async inspect({ certificate }, { machine }) {
    const thumbprint = await thumbprintOf(machine, certificate)
    if (thumbprint === undefined)
      return { state: 'absent', evidence: ['The certificate is not in the machine’s store yet.'] }
    return (await inStore(machine, thumbprint))
      ? { state: 'as-wanted', evidence: [`${thumbprint} is in the machine’s store, with its key.`] }
      : { state: 'absent', evidence: [`${thumbprint} is not in the machine’s store yet.`] }
  },

  preview({ pfx }) {
    return {
      detail: 'LocalMachine\\My',
      commands: ['Import-PfxCertificate -CertStoreLocation Cert:\\LocalMachine\\My'],
      notes: [`From ${pfx}. The key cannot be exported again; a password goes in on standard input.`],
    }
  },

  async apply({ pfx, password, certificate }, context) {
    const { machine } = context
    const thumbprint = await thumbprintOf(machine, certificate)
    const bytes = await machine.files.read(pfx)
    if (thumbprint === undefined || !bytes) throw missing(bytes ? certificate : pfx)
    const there = (await listMachineCertificates(machine)).some((each) => each.thumbprint === thumbprint)
    if (!there) await context.willUndo({ added: { store: 'My', thumbprint } })
    const { added } = await importPfx(machine, { pfx: bytes, password })
    // Issuers that came along are known only now.
    for (const each of added) if (each.store !== 'My') await context.willUndo({ added: each })
    return `The certificate ${thumbprint} is in the machine’s store.`
  },

  async verify({ certificate }, { machine }) {
    const thumbprint = await thumbprintOf(machine, certificate)
    if (thumbprint !== undefined && (await inStore(machine, thumbprint))) return `thumbprint ${thumbprint}`
    throw new SetupError({
      code: 'certificate.not-imported',
      what: 'The certificate is not in the machine’s store with its key.',
      where: { file: certificate },
      next: 'Import the PFX by hand into the certificates of the local computer, Personal; then try this step again.',
    })
  },

  async undo({ added }, { machine }) {
    await removeCertificate(machine, added)
    return `The certificate ${added.thumbprint} is no longer in the machine’s store.`
  },

  script: ({ pfx, password }) => [
    call('Import-HttpsCertificate', { Path: pfx, ...(password ? { Password: pfxPassword(pfx) } : {}) }),
  ],
}

/** Thumbprint of the certificate in a PEM file, upper-case hex; undefined when there is none that can be read. */
export async function thumbprintOf(machine: Machine, pem: string): Promise<string | undefined> {
  const bytes = await machine.files.read(pem)
  try {
    return bytes && new X509Certificate(Buffer.from(bytes)).fingerprint.replaceAll(':', '')
  } catch {
    return undefined
  }
}

async function inStore(machine: Machine, thumbprint: string): Promise<boolean> {
  const found = await listMachineCertificates(machine)
  return found.some((each) => each.thumbprint === thumbprint && each.hasPrivateKey)
}

function missing(file: string): SetupError {
  return new SetupError({
    code: 'certificate.tls',
    what: 'The HTTPS certificate is not there.',
    where: { file },
    next: 'Try the step before this one again.',
  })
}
