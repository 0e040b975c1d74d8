import type { Client } from 'pg'
import { SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { openWithin } from '../open-within.ts'
import type { DatabaseTarget } from '../target.ts'
import { leavePostgres, loginPostgres } from './client.ts'
import { explainPostgres } from './explain.ts'
import { postgresSettings, type PostgresSettings } from './settings.ts'
import { trustOf } from './tls.ts'

/** Databases that are there before anyone makes one. */
const MAINTENANCE = ['postgres', 'template1'] as const

/** An administrator's way to the server. */
export interface Administrator {
  /** Does work in a database; left out, in one that every server has. The connection is closed then. */
  within<T>(work: (client: Client) => Promise<T>, database?: string): Promise<T>
  /** Logs in as someone else, by the same way; the connection is closed. Rejects with the driver's error. */
  tryLogin(login: Pick<PostgresSettings, 'user' | 'password'>): Promise<void>
}

/** @throws SetupError `database.connection-string`; its calls: `database.open` */
export function administratorOf(machine: Machine, admin: DatabaseTarget): Administrator {
  const settings = postgresSettings(admin.connectionString, admin.drivers)
  const login = async (changed: Partial<PostgresSettings>): Promise<Client> => {
    const wanted = { ...settings, ...changed }
    const open = async (signal: AbortSignal): Promise<Client> =>
      loginPostgres(wanted, await trustOf(machine, wanted), signal)
    return openWithin(machine, open, explainPostgres(wanted), {
      what: 'The administrator cannot log in to the database server',
    })
  }
  const maintenance = async (): Promise<Client> => {
    try {
      return await login({ database: MAINTENANCE[0] })
    } catch (error) {
      if (codeOf(error) !== '3D000') throw error
      return login({ database: MAINTENANCE[1] })
    }
  }
  return {
    within: async (work, database) => {
      const client = await (database === undefined ? maintenance() : login({ database }))
      return work(client).finally(() => leavePostgres(client))
    },
    tryLogin: async (as) => {
      const client = await login({ ...as, database: MAINTENANCE[0] })
      await leavePostgres(client)
    },
  }
}

/** SQLSTATE of a driver's error, also of one that was put in words. */
export function codeOf(error: unknown): string | undefined {
  const own = error instanceof SetupError ? error.cause : error
  return (own as { code?: string } | undefined)?.code
}
