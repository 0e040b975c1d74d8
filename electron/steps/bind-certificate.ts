import { SetupError } from '../contract/problem.ts'
import { call, check, command } from '../setup/script-parts.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step } from '../setup/step.ts'
import { listMachineCertificates } from '../windows/certificates.ts'
import { findSslBinding, type SslBinding } from '../windows/ssl-binding-list.ts'
import {
  addSslBinding,
  bindingArguments,
  endpointArgument,
  IIS_APP_ID,
  removeSslBinding,
  replaceSslBinding,
  restoreSslBinding,
  sslBindingCommand,
} from '../windows/ssl-bindings.ts'
import { programBelowWindows } from '../windows/tool.ts'
import { thumbprintOf } from './import-tls-certificate.ts'

export interface BindInput {
  /** `0.0.0.0:443`, or with SNI `host:443`. */
  readonly endpoint: string
  readonly kind: SslBinding['kind']
  /** The certificate as PEM, written by an earlier step. */
  readonly certificate: string
  /** Of the certificate, for the plan; left out where it is made or read later. */
  readonly thumbprint?: string
  /** The binding that is there came from an earlier setup, or the installer has confirmed that it may be changed. */
  readonly mayChange: boolean
}

interface BindUndo {
  readonly endpoint: string
  readonly former?: SslBinding
}

/** Gives HTTP.sys the certificate of an https binding. appcmd cannot: the binding in IIS only names the endpoint. */
export const bindCertificate: Step<BindInput, BindUndo> = {
  kind: 'bind-certificate',

  async inspect({ endpoint, mayChange, certificate }, { machine }) {
    const [found, wanted] = await Promise.all([
      findSslBinding(machine, endpoint),
      thumbprintOf(machine, certificate),
    ])
    if (!found) return { state: 'absent', evidence: [`No certificate is bound to ${endpoint} yet.`] }
    if (found.thumbprint === wanted)
      return { state: 'as-wanted', evidence: [`${endpoint} has the certificate ${found.thumbprint}.`] }
    const evidence = [`${endpoint} has the certificate ${found.thumbprint}.`]
    return { state: mayChange ? 'differs' : 'foreign', evidence }
  },

  preview({ endpoint, kind, thumbprint = 'THUMBPRINT' }) {
    const shared =
      kind === 'ip' ? ['Every website with an https binding on this port and without SNI uses it.'] : []
    return {
      detail: endpoint,
      commands: [sslBindingCommand('add', binding(endpoint, kind, thumbprint))],
      notes: shared,
    }
  },

  async apply({ endpoint, kind, certificate }, context) {
    const { machine } = context
    const thumbprint = await thumbprintOf(machine, certificate)
    if (thumbprint === undefined)
      throw new SetupError({
        code: 'certificate.tls',
        what: 'The HTTPS certificate is not there.',
        where: { file: certificate },
        next: 'Try the step before this one again.',
      })
    const former = await findSslBinding(machine, endpoint)
    // Windows binds no certificate that is not in its store, so a dead binding cannot be brought back.
    const alive = former && (await isStored(machine, former.thumbprint))
    if (former && !alive)
      context.log(`${endpoint} had a certificate that is no longer in the machine’s store.`)
    await context.willUndo({ endpoint, ...(former && alive ? { former } : {}) })
    const wanted = binding(endpoint, kind, thumbprint)
    if (former) await replaceSslBinding(machine, former, wanted)
    else await addSslBinding(machine, wanted)
    return `${endpoint} has the certificate ${thumbprint}.`
  },

  async verify({ endpoint, certificate }, { machine }) {
    const [found, wanted] = await Promise.all([
      findSslBinding(machine, endpoint),
      thumbprintOf(machine, certificate),
    ])
    if (found && found.thumbprint === wanted) return `read back, ${found.thumbprint}`
    throw new SetupError({
      code: 'windows.binding-not-as-wanted',
      what: `${endpoint} does not have the certificate it was given.`,
      next: 'Try this step again.',
    })
  },

  async undo({ endpoint, former }, { machine }) {
    if (former) await restoreSslBinding(machine, former)
    else await removeSslBinding(machine, endpoint)
    return former ? `${endpoint} has its former certificate.` : `No certificate is bound to ${endpoint}.`
  },

  script({ endpoint, kind, certificate }) {
    const args = bindingArguments('add', binding(endpoint, kind, ''))
    const thumbprint = call('Get-Thumbprint', { Path: certificate })
    return [
      check('Assert-NoCertificateBinding', { Endpoint: endpointArgument(endpoint) }),
      command(
        programBelowWindows('netsh'),
        args.map((arg) => (arg === 'certhash=' ? { prefix: arg, value: thumbprint } : arg)),
      ),
    ]
  },
}

async function isStored(machine: Machine, thumbprint: string): Promise<boolean> {
  const stored = await listMachineCertificates(machine)
  return stored.some((each) => each.thumbprint.toUpperCase() === thumbprint.toUpperCase())
}

function binding(endpoint: string, kind: SslBinding['kind'], thumbprint: string): SslBinding {
  return { endpoint, kind, thumbprint, appId: IIS_APP_ID, store: 'MY' }
}
