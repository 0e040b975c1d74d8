import { missingInToken } from '../../client/scopes.ts'
import { fetchToken } from '../../oidc/token.ts'
import { verifyToken } from '../../oidc/verify.ts'
import { NEWER_SCOPES } from '../../service/scope-names.ts'
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
    // RFC 6749, 5.1: the answer may say which scopes the token has; the token itself does.
    const missing = missingInToken(await scopesOfClient(subject, id), verified.scopes)
    // Every client gets these, and builds before .NET 8 neither know nor need them.
    const wanting = missing.filter((scope) => !NEWER_SCOPES.some((newer) => newer === scope))
    return {
      ...(wanting.length === 0 ? GIVEN : withoutScopes(wanting)),
      evidence: [
        { label: 'Endpoint', value: endpoint },
        { label: 'kid', value: verified.keyId ?? 'none' },
        { label: 'Algorithm', value: verified.algorithm },
        { label: 'Scopes', value: verified.scopes.join(', ') },
        ...(missing.length === 0 ? [] : [{ label: 'Scopes left out', value: missing.join(', ') }]),
        { label: 'Valid for', value: `${fetched.expiresIn} s` },
      ],
    }
  },
}

const GIVEN: Finding = {
  status: 'passed',
  summary: 'A token was given by client_credentials, and its signature is that of the published key.',
}

/** Without the database nobody knows what the client may have; the check of its row says why it is not reached. */
async function scopesOfClient(subject: ProofSubject, id: string): Promise<readonly string[]> {
  const row = await subject
    .database()
    .then((database) => database.client(id))
    .catch(() => undefined)
  return row?.scopes ?? []
}

/** Creatio registers its default resource only once it is connected: until then nobody can have a token for it. */
function withoutScopes(missing: readonly string[]): Finding {
  return {
    status: 'warning',
    summary: `A token was given by client_credentials, but without ${missing.length === 1 ? 'the scope' : 'the scopes'} ${missing.join(', ')}.`,
    cause:
      'The client may have what stands in ClientScopes, but the service issues only what it knows, by the table ApiScopes, and leaves the rest out without a word.',
    remedy: {
      text: 'Correct the names in the scopes of the client, or leave them out. Scopes that Creatio itself registers, such as ApplicationAccess_…, are there once Creatio has been connected.',
    },
  }
}

/** A secret may be taken out of the settings once the service has made its client. */
function withoutSecret(id: string): Finding {
  return {
    status: 'warning',
    summary: `No token was asked for: the settings do not hold the secret of the client ${id}.`,
    remedy: { text: 'Let an integration fetch a token, or choose “Test connection” in Creatio.' },
  }
}
