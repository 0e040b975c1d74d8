import type { ClientRow } from '../../database/identity-database.ts'
import { secretMatches } from '../../database/secret-matches.ts'
import type { Check, Finding } from '../check.ts'
import type { ProofSubject } from './subject.ts'

const RESET =
  'Change the client (start page, or “client change”), which removes its rows and has them made anew: the service reads Clients from appsettings.json only while the client is missing.'

/** A service that somebody else has set up may have its clients from elsewhere than its settings. */
export const NO_CLIENT: Finding = {
  status: 'not-applicable',
  summary: 'The settings of the service hold no client that may ask for tokens.',
}

export const clientCheck: Check<ProofSubject> = {
  id: 'proof.client',
  title: 'Client row',
  why: 'What counts is the client in the database, not the one in the file.',

  async look(subject) {
    const { id, secret } = subject.target.client
    if (id === '') return NO_CLIENT
    const row = await (await subject.database()).client(id)
    if (!row)
      return {
        status: 'failed',
        summary: `There is no client ${id} in the table Clients.`,
        cause: 'The service has not read it from Clients in appsettings.json, or it uses another database.',
        remedy: { text: 'Restart the service and read its log; compare the connection string.' },
      }
    const matches = secret && row.secrets.some(({ value }) => secretMatches(secret, value))
    return {
      ...(flawOf(row, matches) ?? {
        status: 'passed',
        summary: 'The client is there, and its secret matches the stored hash.',
      }),
      evidence: [
        { label: 'ClientId', value: id },
        ...(matches === undefined
          ? []
          : [
              {
                label: 'Secret',
                value: matches ? 'equal to the stored hash' : 'differs from the stored hash',
              },
            ]),
        { label: 'Grant types', value: row.grantTypes.join(', ') },
        { label: 'Scopes', value: row.scopes.join(', ') },
      ],
    }
  },
}

/** @param matches undefined where nothing can be compared with the stored hash */
function flawOf(row: ClientRow, matches: boolean | undefined): Omit<Finding, 'evidence'> | undefined {
  if (!row.enabled)
    return {
      status: 'failed',
      summary: 'The client is disabled.',
      remedy: { text: 'Set Enabled of its row to true.' },
    }
  if (matches === false)
    return {
      status: 'failed',
      summary: 'The secret of this installation is not the one stored for the client.',
      cause: 'The client was made earlier, with another secret.',
      remedy: { text: RESET },
    }
  if (!row.grantTypes.includes('client_credentials'))
    return {
      status: 'failed',
      summary: 'The client may not use client_credentials.',
      remedy: { text: RESET },
    }
  if (matches === undefined)
    return {
      status: 'warning',
      summary: 'The client is there. Its secret was not compared: the settings do not hold it.',
      remedy: { text: 'In Creatio, choose “Test connection”, which uses the secret that Creatio has.' },
    }
  return undefined
}
