import type { ServiceIdentity } from '../../contract/database.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import { testConnection } from '../../database/connection-test/test-connection.ts'
import { testNewDatabase } from '../../database/connection-test/test-new-database.ts'
import { loginOfPool } from '../../iis/database-login.ts'
import type { Check, Finding } from '../check.ts'
import type { PrerequisiteSubject } from './subject.ts'

type Layers = Awaited<ReturnType<typeof testConnection>>

export const databaseCheck: Check<PrerequisiteSubject> = {
  id: 'database.connection',
  title: 'Database',
  why: 'The service logs in at its start and makes its tables; when it cannot, it ends.',

  async look(subject) {
    const { machine, database, newDatabase } = subject
    if (!database) return { status: 'not-tried', summary: 'It is asked for on the Database page.' }
    if (!newDatabase) {
      const identity = identityOf(subject, database)
      return judge(await testConnection(machine, database, identity ? { identity } : {}))
    }
    const { wanted, administrator, made } = newDatabase
    if (made.database && made.login) {
      const layers = await testConnection(machine, database)
      if (!worstOf(layers)) return judge(layers)
    }
    return judge(await testNewDatabase(machine, administrator, wanted, { made }))
  },
}

/** Whom SQL Server will see, where the service logs in by the account of its application pool. */
function identityOf(
  { answers: { website }, website: facts, machineName }: PrerequisiteSubject,
  { connectionString, provider }: DatabaseTarget,
): ServiceIdentity | undefined {
  const { windowsLogin, server, database } = parseConnectionString(connectionString, provider)
  if (!windowsLogin || !website || !facts) return undefined
  const { pool, identity } = website
  const { name, why } = loginOfPool({ pool, identity, server, database, machineName })
  return { name, why }
}

function judge(layers: Layers): Finding {
  const evidence = layers.flatMap(({ id, state, summary, ms, facts = [] }) => [
    { label: id, value: `${state}: ${summary} (${ms} ms)` },
    ...facts,
  ])
  const worst = worstOf(layers)
  if (!worst)
    return { status: 'passed', summary: layers.at(-1)?.summary ?? 'The connection works.', evidence }
  return {
    status: worst.state === 'failed' || worst.state === 'not-tried' ? worst.state : 'warning',
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
}

/**
 * The layer that decides, or undefined where all is well. One that was not tried, such as a certificate that this
 * program cannot judge, proves nothing of those behind it.
 */
function worstOf(layers: Layers): Layers[number] | undefined {
  return (['failed', 'not-tried', 'warning'] as const)
    .map((state) => layers.find((layer) => layer.state === state))
    .find((layer) => layer !== undefined)
}
