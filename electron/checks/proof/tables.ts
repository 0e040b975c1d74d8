import type { Check } from '../check.ts'
import type { ProofSubject } from './subject.ts'

export const tablesCheck: Check<ProofSubject> = {
  id: 'proof.tables',
  title: 'Tables',
  why: 'The service keeps clients and grants in tables that it makes at its first start.',

  async look(subject) {
    const tables = await (await subject.database()).tables()
    const evidence = [
      { label: 'Tables', value: tables.present.join(', ') || 'none' },
      ...(tables.missing.length > 0 ? [{ label: 'Missing', value: tables.missing.join(', ') }] : []),
      ...(tables.clients === undefined ? [] : [{ label: 'Clients', value: String(tables.clients) }]),
    ]
    if (tables.version === 'none')
      return {
        status: 'failed',
        summary: 'The service has made no tables in this database.',
        evidence,
        cause: 'It could not, or it uses another database than the one asked here.',
        remedy: {
          text: 'Compare the connection string in appsettings.json, and read the log of the service.',
        },
      }
    if (tables.version === 'partly')
      return {
        status: 'warning',
        summary: `Of ${tables.present.length + tables.missing.length} tables ${tables.present.length} are there.`,
        evidence,
        remedy: { text: 'Read the log of the service: it may have been stopped while it made them.' },
      }
    return { status: 'passed', summary: `${tables.present.length} tables are there.`, evidence }
  },
}
