import { fetchToken } from '../../oidc/token.ts'
import { verifyToken } from '../../oidc/verify.ts'
import type { Check, Finding } from '../check.ts'
import { NO_CLIENT } from './client.ts'
import type { ProofSubject } from './subject.ts'

export const tokenCheck: Check<ProofSubject> = {
  id: 'proof.token',
  title: 'Token',
  why: 'Discovery can answer while no token can be made; only a token proves the whole way.',

  async look(subject) {
    const { machine, client, hide } = subject.target
    const { id, secret } = client
    if (id === '') return NO_CLIENT
    if (!secret) return withoutSecret(id)
    const document = await subject.discovery()
    const endpoint = subject.local(document.token_endpoint)
    const fetched = await fetchToken(machine.network, endpoint, id, secret, subject.options)
    hide(fetched.token)
    const verified = await verifyToken(fetched.token, await subject.keys(), {
      expectedClientId: id,
      issuer: document.issuer,
      now: machine.clock.now(),
    })
    return {
      status: 'passed',
      summary: 'A token was given by client_credentials, and its signature is that of the published key.',
      evidence: [
        { label: 'Endpoint', value: endpoint },
        { label: 'kid', value: verified.keyId ?? 'none' },
        { label: 'Algorithm', value: verified.algorithm },
        { label: 'Scopes', value: verified.scopes.join(', ') },
        { label: 'Valid for', value: `${fetched.expiresIn} s` },
      ],
    }
  },
}

/** A secret may be taken out of the settings once the service has made its client. */
function withoutSecret(id: string): Finding {
  return {
    status: 'warning',
    summary: `No token was asked for: the settings do not hold the secret of the client ${id}.`,
    remedy: { text: 'Let an integration fetch a token, or choose “Test connection” in Creatio.' },
  }
}
