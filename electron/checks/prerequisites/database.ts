import { testConnection } from '../../database/test/test-connection.ts'
import type { Check } from '../check.ts'
import type { PrerequisiteSubject } from './subject.ts'

export const databaseCheck: Check<PrerequisiteSubject> = {
  id: 'database.connection',
  title: 'Database',
  why: 'The service logs in at its start and makes its tables; when it cannot, it ends.',

  async look({ machine, database }) {
    if (!database) return { status: 'not-tried', summary: 'It is asked for on the Database page.' }
    const layers = await testConnection(machine, database)
    const evidence = layers.map(({ id, state, summary, ms }) => ({
      label: id,
      value: `${state}: ${summary} (${ms} ms)`,
    }))
    const failed = layers.find(({ state }) => state === 'failed')
    // Such as a certificate that this program cannot judge: nothing behind it was tried, so nothing is proven.
    const untried = layers.find(({ state }) => state === 'not-tried')
    const worst = failed ?? untried ?? layers.find(({ state }) => state === 'warning')
    if (!worst)
      return { status: 'passed', summary: layers.at(-1)?.summary ?? 'The connection works.', evidence }
    return {
      status: failed ? 'failed' : untried ? 'not-tried' : 'warning',
      summary: `${worst.summary}.`.replace(/\.\.$/, '.'),
      evidence: [
        ...evidence,
        ...(worst.driverMessage === undefined
          ? []
          : [{ label: 'The driver says', value: worst.driverMessage }]),
      ],
      ...(worst.cause === undefined ? {} : { cause: worst.cause }),
      ...(worst.remedy ? { remedy: worst.remedy } : {}),
    }
  },
}
