import { fetchToken } from '../../oidc/token.ts'
import { verifyToken } from '../../oidc/verify.ts'
import type { Check } from '../check.ts'
import type { ProofSubject } from './subject.ts'

export const tokenCheck: Check<ProofSubject> = {
  id: 'proof.token',
  title: 'Token',
  why: 'Discovery can answer while no token can be made; only a token proves the whole way.',

  async look(subject) {
    const { machine, client, hide } = subject.target
    const document = await subject.discovery()
    const endpoint = subject.local(document.token_endpoint)
    const fetched = await fetchToken(machine.network, endpoint, client.id, client.secret, subject.options)
    hide(fetched.token)
    const verified = await verifyToken(fetched.token, await subject.keys(), {
      expectedClientId: client.id,
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
