import { SetupError } from '../contract/problem.ts'
import type { Binding } from '../iis/binding.ts'
import { same } from '../iis/config-element.ts'
import { listSites } from '../iis/sites.ts'
import type { Step } from '../setup/step.ts'
import { endpointKind, findSslBinding, type SslBinding } from '../windows/ssl-binding-list.ts'
import { endpointArgument, removeSslBinding, restoreSslBinding } from '../windows/ssl-bindings.ts'
import { seenByAdministrator } from './administrator-view.ts'

export interface UnbindInput {
  /** An endpoint of HTTP.sys that an earlier setup gave its certificate, such as `0.0.0.0:443`. */
  readonly endpoint: string
  /** The site of this installation; every other one that stands on the endpoint keeps it. */
  readonly site: string
}

interface UnbindUndo {
  readonly former: SslBinding
}

/** Takes the certificate from an endpoint that an earlier setup used and this one does not. */
export const unbindCertificate: Step<UnbindInput, UnbindUndo> = {
  kind: 'unbind-certificate',

  inspect: ({ endpoint, site }, { machine }) =>
    seenByAdministrator(async () => {
      const found = await findSslBinding(machine, endpoint)
      if (!found) return { state: 'as-wanted', evidence: [`No certificate is bound to ${endpoint}.`] }
      const others = (await listSites(machine)).filter(
        (each) => !same(each.name, site) && each.bindings.some((binding) => standsOn(binding, endpoint)),
      )
      if (others.length > 0)
        return {
          state: 'as-wanted',
          evidence: [`${endpoint} is left to ${others.map(({ name }) => name).join(', ')}.`],
        }
      return { state: 'differs', evidence: [`${endpoint} still has the certificate ${found.thumbprint}.`] }
    }),

  preview({ endpoint }) {
    return {
      detail: endpoint,
      commands: [`netsh http delete sslcert ${endpointArgument(endpoint)}`],
      notes: ['Left as it is where another website has an https binding there.'],
    }
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

/** Whether an https binding takes its certificate from an endpoint: by its name, or as one of all on the port. */
function standsOn({ protocol, port, host }: Binding, endpoint: string): boolean {
  if (protocol !== 'https' || !endpoint.endsWith(`:${port}`)) return false
  return endpointKind(endpoint) === 'ip' || same(endpoint, `${host}:${port}`)
}
