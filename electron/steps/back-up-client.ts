import type { Step } from '../setup/step.ts'
import { SetupError } from '../contract/problem.ts'
import { untilKnown } from '../database/commit-unknown.ts'
import type { IdentityDatabase } from '../database/identity-database.ts'
import { seenByAdministrator } from './administrator-view.ts'
import { inDatabase, rowsToGo, type ClientRowsInput } from './client-rows.ts'
import { keepRows, readKeptRows, type KeptRows } from './kept-rows.ts'
import { withDatabase } from './service-database.ts'

/** Keeps the rows of a client in a private file, before they are removed. */
export const backUpClient: Step<ClientRowsInput, KeptRows> = {
  kind: 'back-up-client',

  inspect: (input, { machine }) =>
    seenByAdministrator(() =>
      inDatabase(machine, input, async (database) =>
        (await rowsToGo(database, input))
          ? { state: 'absent', evidence: [`The client ${input.clientId} is row ${input.row} of Clients.`] }
          : { state: 'as-wanted', evidence: ['There are no rows to be kept.'] },
      ),
    ),

  preview: ({ clientId }) => ({
    detail: 'a file',
    notes: [
      `The rows of ${clientId} go into a file “client-<time>.json” in the backup folder of this run; only this user and administrators may read it. It holds the hash of the secret, not the secret.`,
    ],
  }),

  async apply(input, context) {
    const { machine, backupFolder } = context
    const { service, instead } = input
    return inDatabase(machine, input, async (database) => {
      const rows = await rowsToGo(database, input)
      if (!rows) return 'There are no rows to be kept.'
      const kept = await keepRows(machine, backupFolder, rows)
      await readKeptRows(machine, kept.path)
      // From now on the settings may name another client, and the service may make it whenever it starts.
      await context.willUndo({ service, file: kept.path, instead })
      await context.wrote({ ...kept, backup: kept.path })
      const count = rows.tables.reduce((sum, table) => sum + table.rows.length, 0)
      return `${count} rows of ${rows.clientId} are kept in ${kept.path}.`
    })
  },

  /** The file was read back when it was written; nothing is removed yet. */
  async verify(input, { machine }) {
    const rows = await inDatabase(machine, input, (database) => rowsToGo(database, input))
    return rows ? 'read back, and the rows still stand in the database' : 'there are no rows to be kept'
  },

  /** Only what the service has made in the meantime: a client of the new id, while the former one still stood. */
  async undo({ service, file, instead }, { machine, log }) {
    const rows = await readKeptRows(machine, file)
    if (instead === rows.clientId) return `${file} stays.`
    const remove = async (database: IdentityDatabase): Promise<string> => {
      if (!(await database.client(instead))) return `${file} stays.`
      const now = await database.rowsOf(rows.clientId)
      if (now?.key !== rows.key) throw notBack(rows.clientId)
      await database.restoreRows(rows, instead)
      return `The client ${instead}, which the service has made since, is removed; ${file} stays.`
    }
    return untilKnown(() => withDatabase(machine, service, remove), log)
  },
}

function notBack(clientId: string): SetupError {
  return new SetupError({
    code: 'client.not-restored',
    what: `The client ${clientId} is not back in the database.`,
    next: 'Read why its rows could not be put back, then take it back again.',
    untouched: 'The file with its rows stays.',
  })
}
