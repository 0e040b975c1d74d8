import { openDatabase } from '../../../database/open-database.ts'
import type { Check } from '../../check.ts'
import type { ClientChangeSubject } from './subject.ts'

export const rowsCheck: Check<ClientChangeSubject> = {
  id: 'client-change.rows',
  title: 'Rows of the client',
  why: 'They are kept in a file and removed, so that the service makes the client anew.',

  async look({ machine, database: target, clientId }) {
    if (!target)
      return {
        status: 'not-tried',
        summary:
          'Only an administrator may read the connection string; it is looked at before anything is changed.',
      }
    const database = await openDatabase(machine, target)
    try {
      const { version, missing, present } = await database.tables()
      const evidence = [{ label: 'Client', value: clientId }]
      if (!present.includes('Clients'))
        return {
          status: 'warning',
          summary: 'The database holds no tables of the service yet.',
          evidence,
          cause: 'The service has not started with it, or uses another one.',
          remedy: { text: 'Let the service start once, and compare DatabaseConnectionString.' },
        }
      if (version === 'partly')
        return {
          status: 'warning',
          summary: 'Not all tables of the service are there.',
          evidence: [...evidence, { label: 'Missing', value: missing.join(', ') }],
          remedy: { text: 'Check that this is the database of the service.' },
        }
      const rows = await database.rowsOf(clientId)
      const count = (rows?.tables ?? []).reduce((sum, table) => sum + table.rows.length, 0)
      return rows
        ? {
            status: 'passed',
            summary: `${count} rows can be read.`,
            evidence: [
              ...evidence,
              {
                label: 'Whether they may be removed',
                value: 'Shown by the removal itself: it is one transaction.',
              },
            ],
          }
        : {
            status: 'passed',
            summary: 'There are none: the service makes the client when it starts.',
            evidence,
          }
    } finally {
      await database.close()
    }
  },
}
