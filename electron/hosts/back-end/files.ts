import { dirname, join } from 'node:path'
import type { ConnectionView, CreatioView, ServiceView, TargetView } from '../../contract/views.ts'
import { problemOf, SetupError, type Problem } from '../../contract/problem.ts'
import {
  readConnectionStringsConfig,
  type ChosenConnection,
} from '../../creatio/connection-strings-config.ts'
import { findInCreatioFolder } from '../../creatio/creatio-folder.ts'
import { problemsIn } from '../../database/connection/problems.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { compareTarget } from '../../service/compare.ts'
import { describeSource } from '../../service/describe.ts'
import { connectionView } from './connection-view.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** The Service files page: archive, target, Creatio’s folder. */
export function fileHandlers(
  state: WizardState,
): Pick<Handlers, 'service.look' | 'target.look' | 'creatio.look'> {
  const { machine } = state
  return {
    'service.look': async ({ source }): Promise<ServiceView> => {
      const found = await describeSource(machine, source)
      const { runtime } = found
      return {
        source,
        kind: found.kind,
        files: found.files,
        bytes: found.unpackedBytes,
        ...(runtime ? { runtime: `${runtime.name} ${runtime.version}` } : {}),
        dockerfile: found.dockerfile !== undefined,
        warnings: found.warnings,
        suggestedTarget: found.kind === 'folder' ? source : join(dirname(source), 'IdentityService'),
      }
    },

    'target.look': async ({ source, target }): Promise<TargetView> => {
      state.looked = { source, target }
      const { state: found, evidence } = await compareTarget(machine, source, target)
      const freeBytes = await machine.files.freeBytes(target)
      const problem = targetProblem(found, target)
      return { state: found, evidence, freeBytes, ...(problem ? { problem } : {}) }
    },

    'creatio.look': async ({ folder }): Promise<CreatioView> => {
      const { connectionStrings: file, archive } = await findInCreatioFolder(machine, folder)
      const view = {
        folder,
        file: file ?? '',
        entry: '',
        leftOver: [],
        warnings: [],
        ...(archive ? { archive } : {}),
      }
      const bytes = file === undefined ? undefined : await machine.files.read(file)
      if (!bytes) return { ...view, problem: noConfig(folder) }
      try {
        const { chosen, leftOver } = readConnectionStringsConfig(bytes, file)
        if (!chosen) return { ...view, leftOver, problem: noEntry(file) }
        return { ...view, entry: chosen.entry, leftOver, ...chosenView(state, chosen) }
      } catch (error) {
        return { ...view, problem: problemOf(error) }
      }
    },
  }
}

function chosenView(
  state: WizardState,
  { connectionString, provider }: ChosenConnection,
): { connection?: ConnectionView; problem?: Problem } {
  if (provider === undefined || provider === 'Oracle') {
    const [problem] = problemsIn(parseConnectionString(connectionString))
    return { problem: problem ?? unknownProvider }
  }
  const connection = connectionView(state, 'creatio', connectionString, provider)
  const [problem] = problemsIn(parseConnectionString(connectionString, provider))
  return problem ? { connection, problem } : { connection }
}

function targetProblem(found: TargetView['state'], file: string): Problem | undefined {
  if (found !== 'foreign' && found !== 'differs') return undefined
  return new SetupError({
    code: `target.${found}`,
    what:
      found === 'foreign'
        ? 'The folder holds files that are not the Identity Service.'
        : 'The folder holds an Identity Service of another build, or one whose files were changed.',
    where: { file, path: 'service.target' },
    next: 'Choose an empty folder or a new name.',
    untouched: 'Nothing was changed.',
  }).problem
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
    next: 'Enter the database by hand.',
  }
}

const unknownProvider: Problem = {
  code: 'database.unknown-provider',
  what: 'It cannot be told from the connection string whether it is for PostgreSQL or SQL Server.',
  next: 'Choose the DBMS on the Database page.',
}
