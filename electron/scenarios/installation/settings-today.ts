import { type Problem, problemOf, SetupError } from '../../contract/problem.ts'
import type { Machine } from '../../machine/machine.ts'
import { readClients, type ClientEntry } from '../../service/clients.ts'
import { connectionNamed } from '../../service/connection-named.ts'
import { readSettings, type SettingsView } from '../../service/settings-read.ts'
import { databaseNamed, type NamedDatabase } from './database-named.ts'

/** What the service's own settings say, as far as this program asks. */
export interface SettingsToday {
  /** `X509CertificatePath`, and the file it stands in. */
  readonly x509?: { readonly value: string; readonly file: string }
  readonly clients: readonly ClientEntry[]
  /** The database they name, as the service sees it. */
  readonly database?: NamedDatabase
  /** Why the settings, or a part of them, could not be read. */
  readonly problem?: Problem
}

/** A variable of the service's environment, by its name in any case. */
export type Variable = (name: string) => string | undefined

/**
 * Reads `appsettings.json` and what the environment's own file puts over it. Never rejects.
 * https://learn.microsoft.com/aspnet/core/fundamentals/configuration/#default-application-configuration-sources
 * @param fileOf where a file of the service's folder lies on this machine
 */
export async function settingsToday(
  machine: Machine,
  fileOf: (name: string) => string,
  variable: Variable,
): Promise<SettingsToday> {
  const environment = variable('ASPNETCORE_ENVIRONMENT') ?? variable('DOTNET_ENVIRONMENT') ?? 'Production'
  const main = fileOf('appsettings.json')
  try {
    const bytes = await machine.files.read(main)
    if (!bytes) return { clients: [], problem: missing(main) }
    const own = fileOf(`appsettings.${environment}.json`)
    const over = own === main ? undefined : await machine.files.read(own)
    const files = [{ file: main, bytes }, ...(over ? [{ file: own, bytes: over }] : [])].map((each) => ({
      ...each,
      view: readSettings(each.bytes, each.file),
    }))
    const named = files.findLast(({ view }) => isSet(view.value('X509CertificatePath')))
    const withClients = files.findLast(({ view }) => view.has('Clients')) ?? files[0]!
    const database = files
      .map(({ view }) => databaseIn(view, variable))
      .findLast((found) => found !== undefined)
    return {
      ...(named ? { x509: { value: named.view.value('X509CertificatePath')!, file: named.file } } : {}),
      ...clientsOf(withClients),
      ...(database ? { database } : {}),
    }
  } catch (error) {
    return { clients: [], problem: problemOf(error) }
  }
}

/** Whether a value says anything. */
export function isSet(value: string | undefined): value is string {
  return value !== undefined && value.trim() !== ''
}

/** The clients; where only they are damaged, the rest of the settings still counts. */
function clientsOf({ file, bytes }: { readonly file: string; readonly bytes: Uint8Array }) {
  try {
    return { clients: readClients(bytes, file) }
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    return { clients: [], problem: error.problem }
  }
}

function databaseIn(view: SettingsView, variable: Variable): NamedDatabase | undefined {
  const { connectionString } = connectionNamed((key) => variable(key) ?? view.value(key))
  return connectionString === '' ? undefined : databaseNamed(connectionString)
}

function missing(file: string): Problem {
  return {
    code: 'installation.no-settings',
    what: 'The settings of this installation are not there.',
    where: { file },
    next: 'Check whether the folder was moved or removed.',
  }
}
