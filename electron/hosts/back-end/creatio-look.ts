import type { CreatioCandidate } from '../../contract/database.ts'
import { problemOf, type Problem } from '../../contract/problem.ts'
import type { CreatioView } from '../../contract/views.ts'
import { readConnectionStringsConfig, type DatabaseEntry } from '../../creatio/connection-strings-config.ts'
import { findInCreatioFolder } from '../../creatio/creatio-folder.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { problemsIn } from '../../database/connection/problems.ts'
import { connectionView } from './connection-view.ts'
import type { WizardState } from './state.ts'

/** The database entries of a Creatio application, the one in use and those that are left over. */
export async function lookAtCreatio(state: WizardState, folder: string): Promise<CreatioView> {
  const { machine } = state
  const { connectionStrings: file, archive } = await findInCreatioFolder(machine, folder)
  const view = { folder, file: file ?? '', candidates: [], ...(archive ? { archive } : {}) }
  const bytes = file === undefined ? undefined : await machine.files.read(file)
  if (!bytes) return { ...view, problem: noConfig(folder) }
  try {
    const config = readConnectionStringsConfig(bytes, file)
    const candidates = config.candidates.map((entry) => candidateOf(state, entry))
    const inUse = candidates.find((candidate) => candidate.inUse)
    const problem = inUse ? inUse.problem : noEntry(file)
    return { ...view, candidates, ...(problem ? { problem } : {}) }
  } catch (error) {
    return { ...view, problem: problemOf(error) }
  }
}

function candidateOf(state: WizardState, found: DatabaseEntry): CreatioCandidate {
  const { entry, line, inUse, about, provider, placeholders, connectionString } = found
  const candidate = { entry, line, inUse, about, placeholders, ...(provider ? { provider } : {}) }
  try {
    if (provider === undefined) {
      // What is no connection string says so; any other suits neither database, or both.
      parseConnectionString(connectionString)
      return { ...candidate, problem: unknownProvider }
    }
    // Names of a vault stand in a list of their own: they are no fault of the file.
    const problem = problemsIn(parseConnectionString(connectionString, providerOrNone(provider))).find(
      ({ code }) => code !== 'database.placeholder',
    )
    const connection =
      provider === 'Oracle'
        ? {}
        : { connection: connectionView(state, connectionString, { owner: `creatio.${entry}`, provider }) }
    return { ...candidate, ...connection, ...(problem ? { problem } : {}) }
  } catch (error) {
    return { ...candidate, problem: problemOf(error) }
  }
}

function providerOrNone(provider: NonNullable<DatabaseEntry['provider']>) {
  return provider === 'Oracle' ? undefined : provider
}

function noConfig(file: string): Problem {
  return {
    code: 'creatio.no-connection-strings',
    what: 'There is no ConnectionStrings.config in this folder.',
    where: { file, path: 'creatio.folder' },
    next: 'Choose the folder of the Creatio application, or enter the database by hand.',
  }
}

function noEntry(file: string | undefined): Problem {
  return {
    code: 'creatio.no-database-entry',
    what: 'ConnectionStrings.config has no entry “db” or “dbPostgreSql”.',
    where: { ...(file === undefined ? {} : { file }), path: 'database' },
    next: 'Choose another entry, or enter the database by hand.',
  }
}

const unknownProvider: Problem = {
  code: 'database.unknown-provider',
  what: 'It cannot be told from the connection string whether it is for PostgreSQL or SQL Server.',
  next: 'Enter the database by hand, and choose the DBMS there.',
}
