import type { ReplaceCertificateAnswers } from '../../contract/answers.ts'
import type { Problem } from '../../contract/problem.ts'
import type { ReplacementFacts } from './facts.ts'

/** How long a token of the service holds: Clients.AccessTokenLifetime as the vendor ships it, in seconds. */
export const TOKEN_SECONDS = 3600

/** What the installer has to know before a certificate is replaced: who feels it, when, and what is left to do. */
export function warnings(
  { creatio }: ReplaceCertificateAnswers,
  { found, hour, neighbours }: ReplacementFacts,
): Problem[] {
  const { withFile, inPool } = neighbours
  return [
    {
      code: 'replacement.tokens',
      what: `Tokens already issued were signed with the former key. They are valid for up to ${TOKEN_SECONDS} s, and are refused by whoever has read the new key.`,
      cause: 'Running sessions and integrations get 401 until they fetch a new token.',
      next: 'Tell those who run integrations, and check each of them afterwards.',
    },
    ...(hour.quiet ? [] : [WORKING_TIME]),
    ...(withFile.length === 0 ? [] : [sharedFile(withFile, found.installation.hosting)]),
    ...(inPool.length === 0 ? [] : [sharedPool(inPool)]),
    ...(creatio?.pool === undefined && creatio?.container === undefined ? [CREATIO_BY_HAND] : []),
  ]
}

const WORKING_TIME: Problem = {
  code: 'replacement.hour',
  what: 'It is working time on this server.',
  next: 'Replace the certificate outside working hours: before 6:00, after 20:00 or at the weekend.',
}

const CREATIO_BY_HAND: Problem = {
  code: 'replacement.creatio',
  what: 'Creatio is not restarted: it goes on with the former key until it reads the new one.',
  next: 'Restart Creatio by hand when the service signs with the new certificate.',
}

function sharedFile(names: readonly string[], hosting: 'iis' | 'docker'): Problem {
  return {
    code: 'replacement.shared-file',
    what: `${names.join(', ')} ${names.length === 1 ? 'opens' : 'open'} the same certificate file.`,
    cause:
      'No other service is restarted: it signs with the new certificate from its next start on, whenever that is. Each service should have a certificate of its own.',
    next:
      hosting === 'iis'
        ? 'Give this service a file of its own (“path”), or restart every other one right afterwards.'
        : 'Restart every other one right afterwards, and give each a file of its own.',
  }
}

function sharedPool(names: readonly string[]): Problem {
  return {
    code: 'replacement.shared-pool',
    what: `${names.join(', ')} ${names.length === 1 ? 'runs' : 'run'} in the same application pool, and ${names.length === 1 ? 'restarts' : 'restart'} with it.`,
    cause: 'The vendor’s manual gives the Identity Service a pool of its own.',
    next: 'Choose an hour that suits them too.',
  }
}
