import type { ChangeClientAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import { MANUAL_SCOPES } from '../../service/scope-names.ts'
import type { TableRows } from '../../steps/client-rows.ts'
import type { ClientChangeFacts } from './facts.ts'

/** How long a token of the service holds where its row was not seen: AccessTokenLifetime as the vendor ships it, in seconds. */
const TOKEN_SECONDS = 3600

/** What has to be said before a client is changed. */
export function changeWarnings(answers: ChangeClientAnswers, facts: ClientChangeFacts): readonly Problem[] {
  const { former, wanted, neighbours, onlyInDatabase, seen, tokenSeconds = TOKEN_SECONDS } = facts
  const isIdNew = former.id !== wanted.id
  const following = creatioSettings(answers, facts)
  return [
    ...(following.length === 0 ? [] : [creatioFollows(following)]),
    {
      code: 'client.gap',
      what: 'From the removal of the rows until the service has restarted nobody gets a token by this client.',
      next: 'Change the client at a quiet hour.',
    },
    {
      code: 'client.tokens',
      what: `Tokens already issued to the client stay valid for up to ${tokenSeconds} s (AccessTokenLifetime).`,
      cause: 'They are signed, and nobody asks the service about them again.',
      next: 'Wait that long before you rely on the former secret being of no use.',
    },
    ...(onlyInDatabase.length === 0 ? [] : [notMadeAgain(onlyInDatabase)]),
    ...remaining(facts, isIdNew),
    ...(neighbours.length === 0 ? [] : [shared(neighbours)]),
    ...(seen ? lacking(wanted.scopes, wanted.grantTypes) : [unseen(facts.settings.path)]),
  ]
}

/** Codes of Creatio's system settings that have to follow the change. */
export function creatioSettings(
  { client: asked }: ChangeClientAnswers,
  { former, wanted }: Pick<ClientChangeFacts, 'former' | 'wanted'>,
): readonly string[] {
  return [
    ...(former.id === wanted.id ? [] : ['OAuth20IdentityServerClientId']),
    ...(asked.secret === undefined || wanted.secret === undefined
      ? []
      : ['OAuth20IdentityServerClientSecret']),
  ]
}

function creatioFollows(following: readonly string[]): Problem {
  return {
    code: 'client.creatio',
    what: `Creatio’s system settings have to follow: ${following.join(' and ')}; OAuth20IdentityServerUrl stays.`,
    cause:
      'Until then the service answers Creatio with invalid_client, and OAuth in Creatio does not work (401).',
    next: 'Change them in Creatio right after the service has restarted, then choose “Test connection” there.',
  }
}

function notMadeAgain(rows: readonly TableRows[]): Problem {
  return {
    code: 'client.only-in-database',
    what: `The database has more of this client than its settings: ${listed(rows)}.`,
    cause: 'The service makes the client from its settings alone.',
    next: 'Add what is missing to the client in the settings before, or insert these rows again afterwards: the file with the former rows holds them.',
  }
}

/**
 * What names the client without hanging on it.
 *
 * Unverified on a real server: that the clients which Creatio makes have their owner in ClientProperties. The sample token
 * of the vendor's developer page on OAuth 2.0 (Academy, 8.0) has the claim `prop:OwnerClientId`.
 */
function remaining({ former, mentions }: ClientChangeFacts, isIdNew: boolean): readonly Problem[] {
  const { grants, owned } = mentions
  const stay: Problem = {
    code: 'client.grants-stay',
    what: `What users were granted by this client stays in the database: ${listed(grants)}.`,
    ...(isIdNew
      ? {
          cause: 'Refresh tokens and consents belong to the former client ID, which nobody can use any more.',
          next: 'Delete them once the change is known to last; taking it back would need them.',
        }
      : {
          cause: 'Refresh tokens and consents belong to the client ID, whatever its secret is.',
          next: 'Where the former secret is in wrong hands, delete these rows too once the change is proven.',
        }),
  }
  const own: Problem = {
    code: 'client.owner',
    what: `${owned === 1 ? '1 other client has' : `${owned} other clients have`} ${former.id} in a property, as those that Creatio has made name their owner.`,
    cause: 'Whether Creatio finds them under another client ID is not known.',
    next: 'Keep the client ID and change the secret alone where that will do. Otherwise look afterwards whether Creatio still lists them under “OAuth 2.0 integrated applications”.',
  }
  return [...(grants.length === 0 ? [] : [stay]), ...(isIdNew && owned > 0 ? [own] : [])]
}

/** `2 rows of ClientClaims, 1 row of ClientCorsOrigins`. */
function listed(tables: readonly TableRows[]): string {
  return tables.map(({ table, rows }) => `${rows === 1 ? '1 row' : `${rows} rows`} of ${table}`).join(', ')
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
