import { X509Certificate } from 'node:crypto'
import { createTlsCertificate, TLS_DAYS, tlsNames } from '../certificate/tls.ts'
import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { call } from '../setup/script-parts.ts'
import type { Step } from '../setup/step.ts'
import { replaceFile, restoreFile, type ReplacedFile } from './replace-file.ts'

export interface TlsCertificateInput {
  readonly pfx: string
  /** The certificate alone, as PEM: for Creatio's host, which has to trust it. */
  readonly certificate: string
  /** Names and addresses that callers use. */
  readonly hosts: readonly string[]
}

/** A certificate of its own for HTTPS by Kestrel, never the one that signs. Self-signed: for development. */
export const writeTlsCertificate: Step<TlsCertificateInput, ReplacedFile> = {
  kind: 'write-tls-certificate',

  async inspect(input, { machine }) {
    const certificate = await readTlsCertificate(machine, input.certificate)
    if (!certificate || !(await machine.files.info(input.pfx)))
      return { state: 'absent', evidence: ['There is no HTTPS certificate yet.'] }
    const flaw = flawOf(certificate, input.hosts, machine.clock.now())
    return flaw === undefined
      ? {
          state: 'as-wanted',
          evidence: [`Valid to ${new Date(certificate.validTo).toISOString().slice(0, 10)}; it is kept.`],
        }
      : { state: 'differs', evidence: [flaw] }
  },

  preview(input) {
    const file = { change: 'new', added: 0, removed: 0, lines: [] } as const
    return {
      detail: 'self-signed',
      files: [
        {
          ...file,
          path: input.pfx,
          binary: `PFX with a new RSA-2048 key, self-signed for ${input.hosts.join(', ')}.`,
        },
        {
          ...file,
          path: input.certificate,
          binary: 'The same certificate without its key, for hosts that have to trust it.',
        },
      ],
      notes: [
        'Nobody trusts a self-signed certificate by itself: import it where Creatio runs, or use an issued one.',
      ],
    }
  },

  async apply(input, context) {
    const { clock, random } = context.machine
    const made = await createTlsCertificate({ hosts: input.hosts, now: clock.now(), random })
    // The container's user has to read it; its folder is made private.
    await replaceFile(context, input.pfx, made.pfx)
    await replaceFile(context, input.certificate, Buffer.from(made.certificatePem))
    return `${input.pfx} holds a certificate for ${input.hosts.join(', ')}.`
  },

  async verify(input, { machine }) {
    const certificate = await readTlsCertificate(machine, input.certificate)
    const flaw = certificate
      ? flawOf(certificate, input.hosts, machine.clock.now())
      : 'The certificate is not there.'
    if (flaw === undefined) return `thumbprint ${certificate!.fingerprint.replaceAll(':', '')}`
    throw new SetupError({
      code: 'certificate.tls',
      what: flaw,
      where: { file: input.certificate },
      next: 'Try this step again.',
    })
  },

  undo: restoreFile,

  script({ pfx, certificate, hosts }) {
    const { names, common } = tlsNames(hosts)
    const listed = names.map(({ type, value }) => `${type === 'dns' ? 'DNS' : 'IPAddress'}=${value}`)
    return [
      call('New-HttpsPfx', {
        Path: pfx,
        Certificate: certificate,
        Subject: `CN=${common}`,
        Names: listed.join('&'),
        Days: TLS_DAYS,
      }),
    ]
  },
}

/** The HTTPS certificate beside the service, or undefined when there is none that can be read. */
async function readTlsCertificate(machine: Machine, path: string): Promise<X509Certificate | undefined> {
  const bytes = await machine.files.read(path)
  try {
    return bytes && new X509Certificate(Buffer.from(bytes))
  } catch {
    return undefined
  }
}

function flawOf(certificate: X509Certificate, hosts: readonly string[], now: Date): string | undefined {
  if (new Date(certificate.validTo) <= now) return 'The HTTPS certificate has ended.'
  const missing = hosts.find((host) => !certificate.checkHost(host) && !certificate.checkIP(host))
  return missing === undefined ? undefined : `The HTTPS certificate does not name ${missing}.`
}
