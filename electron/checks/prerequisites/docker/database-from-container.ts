import { parseConnectionString } from '../../../database/connection/connection-string.ts'
import { hostSeenFromContainer } from '../../../docker/host-in-container.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const databaseFromContainerCheck: Check<PrerequisiteSubject> = {
  id: 'docker.database-server',
  title: 'Database server as seen from the container',
  why: 'Inside a container, “localhost” is the container itself.',

  async look({ answers, database, engine, machineName }) {
    const { container } = answers
    if (!container) return { status: 'not-tried', summary: 'It is asked for on the Container page.' }
    if (!database) return { status: 'not-tried', summary: 'It is asked for on the Database page.' }
    if (!engine) return { status: 'not-tried', summary: 'No container engine answers.' }
    const { server } = parseConnectionString(database.connectionString, database.provider)
    const used = container.databaseServer ?? server
    const seen = hostSeenFromContainer(
      used,
      container.network === undefined ? {} : { network: container.network },
      engine,
      machineName,
    )
    const evidence = [
      { label: 'From this machine', value: server },
      { label: 'From the container', value: used },
    ]
    if (seen.reachable && seen.suggestion === undefined)
      return { status: 'passed', summary: `The container will use “${used}”.`, evidence }
    return {
      status: seen.reachable ? 'warning' : 'failed',
      summary: seen.reachable
        ? `The container may not find “${used}”.`
        : `The container cannot reach “${used}”.`,
      evidence,
      ...(seen.why === undefined ? {} : { cause: seen.why }),
      remedy: {
        text: `Set the database server as seen from the container (container.databaseServer) to “${seen.suggestion ?? engine.hostName}”, and let the database listen there.`,
      },
    }
  },
}
