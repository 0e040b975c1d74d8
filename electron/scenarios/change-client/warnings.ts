import type { ChangeClientAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import { MANUAL_SCOPES } from '../../service/scope-names.ts'
import type { ClientChangeFacts } from './facts.ts'

/** How long a token of the service holds: Clients.AccessTokenLifetime as the vendor ships it, in seconds. */
const TOKEN_SECONDS = 3600

/** What has to be said before a client is changed. */
export function changeWarnings(
  { client: asked }: ChangeClientAnswers,
  facts: ClientChangeFacts,
): readonly Problem[] {
  const { former, wanted, neighbours, seen } = facts
  const isIdNew = former.id !== wanted.id
  const isSecretNew = asked.secret !== undefined && wanted.secret !== undefined
  return [
    ...(isIdNew || isSecretNew ? [creatioFollows(isIdNew, isSecretNew)] : []),
    {
      code: 'client.gap',
      what: 'From the removal of the rows until the service has restarted nobody gets a token by this client.',
      next: 'Change the client at a quiet hour.',
    },
    {
      code: 'client.tokens',
      what: `Tokens already issued to the client stay valid for up to ${TOKEN_SECONDS} s (AccessTokenLifetime).`,
      cause: 'They are signed, and nobody asks the service about them again.',
      next: 'Wait that long before you rely on the former secret being of no use.',
    },
    ...(neighbours.length === 0 ? [] : [shared(neighbours)]),
    ...(seen ? lacking(wanted.scopes, wanted.grantTypes) : [unseen(facts.settings.path)]),
  ]
}

function creatioFollows(isIdNew: boolean, isSecretNew: boolean): Problem {
  const changed = [
    ...(isIdNew ? ['OAuth20IdentityServerClientId'] : []),
    ...(isSecretNew ? ['OAuth20IdentityServerClientSecret'] : []),
  ]
  return {
    code: 'client.creatio',
    what: `Creatio’s system settings have to follow: ${changed.join(' and ')}; OAuth20IdentityServerUrl stays.`,
    cause:
      'Until then the service answers Creatio with invalid_client, and OAuth in Creatio does not work (401).',
    next: 'Change them in Creatio right after the service has restarted, then choose “Test connection” there.',
  }
}

function unseen(file: string): Problem {
  return {
    code: 'client.unseen',
    what: `Only an administrator may read ${file}, so this plan does not show the rows and settings of today.`,
    next: 'Choose Install: Windows asks for an administrator, and you review the whole plan again before anything is changed.',
  }
}

function shared(neighbours: readonly string[]): Problem {
  return {
    code: 'client.shared-database',
    what: `${neighbours.join(', ')} ${neighbours.length === 1 ? 'uses' : 'use'} the same database.`,
    cause:
      'A service with the former client in its settings makes it again when it starts; one that uses this client loses it.',
    next: 'Change the settings of those services too, or give each service a database of its own.',
  }
}

function lacking(scopes: readonly string[], grantTypes: readonly string[]): readonly Problem[] {
  const missing = MANUAL_SCOPES.filter((scope) => !scopes.includes(scope))
  return [
    ...(missing.length === 0
      ? []
      : [
          {
            code: 'client.scopes-missing',
            what: `The client is not going to have the scopes ${missing.join(', ')}.`,
            cause: 'Creatio needs them, as the vendor’s manual has them.',
            next: 'Add them, unless this is not Creatio’s client.',
          },
        ]),
    ...(grantTypes.includes('client_credentials')
      ? []
      : [
          {
            code: 'client.no-credentials',
            what: 'The client is not going to have the grant type client_credentials.',
            cause: 'By it Creatio fetches its tokens from the service.',
            next: 'Add it, unless this is not Creatio’s client.',
          },
        ]),
  ]
}
