import { secretMatches } from '../../database/secret-matches.ts'
import type { Check, Finding } from '../check.ts'
import type { ProofSubject } from './subject.ts'

const RESET =
  'Change the client (start page, or “client change”), which removes its rows and has them made anew: the service reads Clients from appsettings.json only while the client is missing.'

export const clientCheck: Check<ProofSubject> = {
  id: 'proof.client',
  title: 'Client row',
  why: 'What counts is the client in the database, not the one in the file.',

  async look(subject) {
    const { client } = subject.target
    const row = await (await subject.database()).client(client.id)
    if (!row)
      return {
        status: 'failed',
        summary: `There is no client ${client.id} in the table Clients.`,
        cause: 'The service has not read it from Clients in appsettings.json, or it uses another database.',
        remedy: { text: 'Restart the service and read its log; compare the connection string.' },
      }
    const matches = row.secrets.some(({ value }) => secretMatches(client.secret, value))
    const flaw: Omit<Finding, 'evidence'> | undefined = !row.enabled
      ? {
          status: 'failed',
          summary: 'The client is disabled.',
          remedy: { text: 'Set Enabled of its row to true.' },
        }
      : !matches
        ? {
            status: 'failed',
            summary: 'The secret of this installation is not the one stored for the client.',
            cause: 'The client was made earlier, with another secret.',
            remedy: { text: RESET },
          }
        : !row.grantTypes.includes('client_credentials')
          ? {
              status: 'failed',
              summary: 'The client may not use client_credentials.',
              remedy: { text: RESET },
            }
          : undefined
    return {
      ...(flaw ?? {
        status: 'passed',
        summary: 'The client is there, and its secret matches the stored hash.',
      }),
      evidence: [
        { label: 'ClientId', value: client.id },
        { label: 'Secret', value: matches ? 'equal to the stored hash' : 'differs from the stored hash' },
        { label: 'Grant types', value: row.grantTypes.join(', ') },
        { label: 'Scopes', value: row.scopes.join(', ') },
      ],
    }
  },
}
