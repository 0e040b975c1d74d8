import { SqlRefusal, type ScriptedStatement, type StatementCall } from '../script.ts'
import type { IdentityState } from './state.ts'

type Call = StatementCall<IdentityState>

function named(call: Call, parameter: string): string {
  return String(call.parameters[parameter])
}

function lookAt(call: Call): { database: boolean; login: boolean } {
  const { databases, logins } = call.state
  return {
    database: databases.includes(named(call, 'database')),
    login: logins?.[named(call, 'user')] !== undefined,
  }
}

function setPassword(call: Call): { affected: number } {
  const { logins = {} } = call.state
  call.state.logins = { ...logins, [named(call, 'user')]: named(call, 'password') }
  return { affected: 0 }
}

/** Scripted: how a database of the service's own is made and taken back. */
export const newDatabase: readonly ScriptedStatement<IdentityState>[] = [
  {
    name: 'look-new',
    sql: /'CREATE ANY DATABASE'/,
    answer: (call) => ({ rows: [{ ...lookAt(call), ...call.state.administrator }] }),
  },
  {
    name: 'present',
    sql: /^\s*select cast\(case when db_id\(@database\) is null/,
    answer: (call) => ({ rows: [lookAt(call)] }),
  },
  {
    name: 'create-login',
    sql: /N'create login ' \+ quotename\(@user\) \+ N' with password = N' \+ quotename\(@password, ''''\)/,
    answer: (call) => {
      if (lookAt(call).login)
        throw new SqlRefusal({ number: 15025, text: 'The server principal already exists.' })
      return setPassword(call)
    },
  },
  {
    name: 'set-password',
    sql: /N'alter login ' \+ quotename\(@user\) \+ N' with password = N' \+ quotename\(@password, ''''\)/,
    answer: setPassword,
  },
  {
    name: 'create-database',
    sql: /N'create database ' \+ quotename\(@database\)/,
    answer: (call) => {
      if (lookAt(call).database) throw new SqlRefusal({ number: 1801, text: 'Database already exists.' })
      call.state.databases.push(named(call, 'database'))
      return { affected: 0 }
    },
  },
  { name: 'create-user', sql: /create user ' \+ quotename\(@user\)/, answer: () => ({ affected: 0 }) },
  {
    name: 'look-inside',
    sql: /exec @there N'select name from sys\.tables'/,
    answer: ({ state }) => ({
      rows: [...Object.keys(state.tables), ...state.strangers].map((name) => ({ name })),
    }),
  },
  {
    name: 'sessions',
    sql: /select distinct original_login_name as login from sys\.dm_exec_sessions/,
    answer: ({ state, parameters }) => ({
      rows: state.sessions.filter((login) => login !== parameters['user']).map((login) => ({ login })),
    }),
  },
  {
    name: 'drop-database',
    sql: /N'alter database ' \+ quotename\(@database\) \+ N' set single_user with rollback immediate; drop database '/,
    answer: (call) => {
      call.state.databases = call.state.databases.filter((name) => name !== named(call, 'database'))
      return { affected: 0 }
    },
  },
  {
    name: 'drop-login',
    sql: /N'drop login ' \+ quotename\(@user\)/,
    answer: (call) => {
      const user = named(call, 'user')
      if (call.state.sessions.includes(user))
        throw new SqlRefusal({
          number: 15434,
          text: `Could not drop login '${user}' as the user is currently logged in.`,
        })
      const { [user]: _dropped, ...others } = call.state.logins ?? {}
      call.state.logins = others
      return { affected: 0 }
    },
  },
]
