import type { Problem } from '../../contract/problem.ts'

interface Refusal extends Pick<Problem, 'cause' | 'next'> {
  /** Ends a sentence. */
  readonly summary: string
  /** The server names the key in its detail; the detail of others may hold a whole row, and so a hash. */
  readonly namesKey?: true
}

/**
 * What a server's refusal means while the service's tables are read or changed, by its code; at a login the same codes
 * mean something else, or do not come. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export const STATEMENT_REFUSALS: ReadonlyMap<string, Refusal> = new Map<string, Refusal>(
  Object.entries({
    '42501': {
      summary: 'the user has not the right to',
      next: 'Let the owner of the tables run the grant script, and try again.',
    },
    '55P03': {
      summary: 'someone else holds them, and does not let go',
      cause:
        'The service itself, or another program, is in the middle of a change or a backup of these tables.',
      next: 'Try again; where it stays so, stop the service, or let the people who look after the database end the session that holds them (pg_blocking_pids tells which).',
    },
    '40P01': {
      summary: 'another session and this one waited for each other, and the server ended this one',
      next: 'Try again.',
    },
    '57014': {
      summary: 'the server ended the statement because it took too long',
      cause: 'The user or the database has a statement_timeout, or somebody cancelled it.',
      next: 'Try again, or let the people who look after the database raise statement_timeout for this user.',
    },
    '25006': {
      summary: 'the server only reads',
      cause: 'It is a standby, or default_transaction_read_only is on for the user or the database.',
      next: 'Name the server that writes, or let the people who look after the database switch it off.',
    },
    '23505': {
      summary: 'others stand there under the same key',
      cause: 'They were made since, by another program or out of a backup of the database.',
      next: 'Look at the rows of that key, named below, and remove them if they are not needed; then try again.',
      namesKey: true,
    },
    '23503': {
      summary: 'a row of another table needs one that goes, or one that is gone',
      next: 'Look at the rows of that table, named below; then try again.',
      namesKey: true,
    },
  }),
)
