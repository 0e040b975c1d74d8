import { SetupError } from '../contract/problem.ts'
import type { Step } from '../setup/step.ts'
import { findSslBinding, type SslBinding } from '../windows/ssl-binding-list.ts'
import { removeSslBinding, restoreSslBinding } from '../windows/ssl-bindings.ts'

export interface UnbindInput {
  /** An endpoint of HTTP.sys that an earlier setup gave its certificate, such as `0.0.0.0:443`. */
  readonly endpoint: string
}

interface UnbindUndo {
  readonly former: SslBinding
}

/** Takes the certificate from an endpoint that an earlier setup used and this one does not. */
export const unbindCertificate: Step<UnbindInput, UnbindUndo> = {
  kind: 'unbind-certificate',

  async inspect({ endpoint }, { machine }) {
    const found = await findSslBinding(machine, endpoint)
    return found
      ? { state: 'differs', evidence: [`${endpoint} still has the certificate ${found.thumbprint}.`] }
      : { state: 'as-wanted', evidence: [`No certificate is bound to ${endpoint}.`] }
  },

  preview({ endpoint }) {
    const key = /^(?:\[|\d+\.\d+\.\d+\.\d+:)/.test(endpoint) ? 'ipport' : 'hostnameport'
    return { detail: endpoint, commands: [`netsh http delete sslcert ${key}=${endpoint}`] }
  },

  async apply({ endpoint }, context) {
    const { machine } = context
    const former = await findSslBinding(machine, endpoint)
    if (former) await context.willUndo({ former })
    await removeSslBinding(machine, endpoint)
    return `No certificate is bound to ${endpoint}.`
  },

  async verify({ endpoint }, { machine }) {
    if (!(await findSslBinding(machine, endpoint))) return 'read back, none'
    throw new SetupError({
      code: 'windows.binding-not-removed',
      what: `${endpoint} still has a certificate.`,
      next: 'Try this step again.',
    })
  },

  async undo({ former }, { machine }) {
    await restoreSslBinding(machine, former)
    return `${former.endpoint} has its former certificate.`
  },
}
