import type { ServiceIdentity } from '../../contract/database.ts'
import type { Finding } from '../connection-test/layers.ts'
import { mssqlGrants } from './grants.ts'
import type { MssqlSettings } from './settings.ts'

/** What is to be said of the login where the service will log in as the account that it runs under. */
export function windowsLogin({ database }: MssqlSettings, identity?: ServiceIdentity): Finding {
  if (!identity)
    return {
      state: 'not-applicable',
      summary: 'Not applicable here: a Windows login is made by the service’s own account',
      cause:
        'With Integrated Security the service logs in as the account it runs under, which this program is not. So the login, the rights and the tables are not tested.',
      remedy: { text: 'Grant that account its rights at the server, or use a SQL Server login.' },
    }
  return {
    state: 'not-applicable',
    summary: `Not applicable here: the service will log in as ${identity.name}`,
    cause: `${identity.why} This program runs as another account and cannot log in in its place, so the login, the rights and the tables are not tested: the service’s first start shows them.`,
    remedy: {
      text: 'Let an administrator of the server run, unless that account has its rights already:',
      sql: mssqlGrants({ provider: 'MsSqlServer', database, user: identity.name, windowsLogin: true }),
    },
  }
}

/** What the layers behind the login say then. */
export const NOT_AS_THE_SERVICE: Finding = {
  state: 'not-applicable',
  summary: 'Not applicable here: only the service’s own account could look',
}
