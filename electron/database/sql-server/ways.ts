import type { Machine } from '../../machine/machine.ts'
import type { Finding } from '../test/layers.ts'
import type { MssqlSettings } from './settings.ts'

const BY_TCP = 'Enter the server as “host” or “host,port”, which goes by TCP.'

/** What is to be said when the connection string goes another way than TCP. Undefined for TCP. */
export function otherWay({ platform }: Machine, { way, host }: MssqlSettings): Finding | undefined {
  switch (way) {
    case 'tcp':
      return undefined
    case 'local-db':
      return {
        state: 'failed',
        summary: 'LocalDB cannot be used by a service',
        cause:
          'LocalDB is started by a signed-in user for that user’s own programs; the service runs as another account, or in a container.',
        remedy: { text: 'Create a database on a SQL Server instance and enter that.' },
      }
    case 'administrators':
      return {
        state: 'failed',
        summary: 'The connection for administrators (“admin:”) is not for a service',
        cause:
          'A server takes one such connection at a time, and from its own machine only unless told otherwise.',
        remedy: { text: BY_TCP },
      }
    case 'named-pipes':
    case 'shared-memory': {
      const name = way === 'named-pipes' ? 'Named pipes' : 'Shared memory'
      if (platform !== 'win32')
        return {
          state: 'failed',
          summary: `${name} cannot be used here`,
          cause: 'Microsoft’s driver has them on Windows only.',
          remedy: { text: BY_TCP },
        }
      return {
        state: 'not-tried',
        summary: `${name} to ${host} cannot be tried by this program`,
        cause: `This program reaches SQL Server by TCP only. The service’s driver may well connect.`,
        remedy: { text: `${BY_TCP} Then it can be tested, and it works from containers too.` },
      }
    }
  }
}
