import type { Provider } from '../contract/database.ts'
import { SetupError } from '../contract/problem.ts'
import { untilKnown } from '../database/commit-unknown.ts'
import type { IdentityDatabase } from '../database/identity-database.ts'
import type { Step } from '../setup/step.ts'
import { seenByAdministrator } from './administrator-view.ts'
import { inDatabase, removalSql, rowsToGo, type ClientRowsInput, type TableRows } from './client-rows.ts'
import { keepRows, putBack, readKeptRows, type KeptRows } from './kept-rows.ts'

export interface RemoveClientInput extends ClientRowsInput {
  /** For reading; missing where the database was not seen. */
  readonly provider?: Provider
  /** Tables with rows of the client, `Clients` first, as they were when the plan was made. */
  readonly tables: readonly TableRows[]
}

/** Removes a client from the service's database, because the service reads it from its settings only while it is missing. */
export const removeClient: Step<RemoveClientInput, KeptRows> = {
  kind: 'remove-client',

  inspect: (input, { machine }) =>
    seenByAdministrator(() =>
      inDatabase(machine, input, async (database) =>
        (await rowsToGo(database, input))
          ? { state: 'differs', evidence: [`The client ${input.clientId} is row ${input.row} of Clients.`] }
          : { state: 'as-wanted', evidence: [`The former rows of ${input.clientId} are gone.`] },
      ),
    ),

  preview({ provider, row, tables }) {
    const count = tables.reduce((sum, { rows }) => sum + rows, 0)
    return {
      detail: row === undefined ? 'as found then' : count === 1 ? '1 row' : `${count} rows`,
      sql: removalSql(provider, row, tables),
      notes: [
        'All rows go in one transaction, or none. Only this client’s: others in the same database stay.',
        'Until the service has made the client anew, Creatio gets no token.',
      ],
    }
  },

  async apply(input, context) {
    const { machine, backupFolder } = context
    const { service, instead } = input
    const remove = async (database: IdentityDatabase): Promise<string> => {
      const rows = await rowsToGo(database, input)
      if (!rows) return `The former rows of ${input.clientId} are gone already.`
      const { path: file } = await keepRows(machine, backupFolder, rows)
      context.signal.throwIfAborted()
      await context.willUndo({ service, file, instead })
      await database.removeRows(rows)
      const count = rows.tables.reduce((sum, table) => sum + table.rows.length, 0)
      return `${count} rows of ${rows.clientId} are removed.`
    }
    return untilKnown(() => inDatabase(machine, input, remove), context.log)
  },

  async verify(input, { machine }) {
    const left = await inDatabase(machine, input, (database) => rowsToGo(database, input))
    if (!left) return 'looked for, and gone'
    throw new SetupError({
      code: 'client.not-removed',
      what: `The rows of the client ${input.clientId} are still in the database.`,
      next: 'Check whether another program restores them; then try this step again.',
    })
  },

  async undo(kept, context) {
    const rows = await readKeptRows(context.machine, kept.file)
    await putBack(context, kept, rows)
    return `The client ${rows.clientId} is back in the database, as it was.`
  },
}
