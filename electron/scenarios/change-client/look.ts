import { scopeViews } from '../../client/scopes.ts'
import type { ChangeClientAnswers } from '../../contract/answers.ts'
import type { ClientChangeView } from '../../contract/client.ts'
import { type Problem, problemOf } from '../../contract/problem.ts'
import { viewOf } from '../../database/contents-verdict.ts'
import type { ClientRow } from '../../database/identity-database.ts'
import { openDatabase } from '../../database/open-database.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import { readClients, type ClientEntry } from '../../service/clients.ts'
import { MANUAL_SCOPES, NEWER_SCOPES } from '../../service/scope-names.ts'
import { secretsInSettings } from '../../service/settings-secrets.ts'
import { databaseIn } from '../../steps/service-database.ts'
import { filesOf, noSettings, serviceSettings } from '../../steps/service-settings.ts'
import { databaseNamed } from '../installation/database-named.ts'
import { findInstallation } from '../installation/find.ts'
import type { FoundInstallation } from '../installation/found.ts'
import { BUILT_IN, systemClientIn } from '../installation/system-client.ts'
import { clientsIn } from './facts.ts'
import { clientsFile } from './refuse.ts'

/** Which service is meant; each part of it may be left out as in answers. */
export interface ClientLookWishes {
  readonly installation: {
    readonly target: string
    readonly container?: string | undefined
    readonly site?: string | undefined
  }
  readonly current?: string | undefined
  readonly databaseServer?: ChangeClientAnswers['databaseServer']
}

export interface ClientLookSources {
  readonly machine: Machine
  readonly stateFolder: string
  readonly redactor: Redactor
  /** Whether it is one of a practice run; left out: either. */
  readonly practice?: boolean
}

type Settings = Pick<ClientChangeView, 'settings' | 'database'> & {
  readonly entries: readonly ClientEntry[]
  readonly rows: readonly ClientRow[] | undefined
  readonly problem?: Problem
}

/**
 * The clients of a service: what its settings say, and what its database holds. Reads only. What could not be read is
 * told as `problem`.
 * @throws SetupError those of `findInstallation`
 */
export async function lookAtClients(
  { installation: wishes, current, databaseServer }: ClientLookWishes,
  sources: ClientLookSources,
): Promise<ClientChangeView> {
  const { machine, stateFolder, practice } = sources
  const whole = await findInstallation(machine, stateFolder, {
    ...wishes,
    ...(practice === undefined ? {} : { practice }),
  })
  const found =
    databaseServer === undefined
      ? whole
      : { ...whole, installation: { ...whole.installation, databaseServer } }
  const { installation, recorded } = found
  const { entries, rows, ...rest } = await readAll(found, sources)
  const known = entries.some(({ id }) => id === installation.clientId) ? installation.clientId : undefined
  const meant = current ?? known ?? (entries.length > 0 ? systemClientIn(entries) : installation.clientId)
  const entry = entries.find(({ id }) => id === meant)
  const row = rows?.find(({ clientId }) => clientId === meant)
  return {
    target: installation.target,
    name: installation.name,
    hosting: installation.hosting,
    publicUrl: installation.publicUrl,
    recorded,
    ...rest,
    current: meant,
    // The one that is meant first: the others are there to be told from it.
    clients: entries
      .toSorted((one, other) => Number(other.id === meant) - Number(one.id === meant))
      .map((each) => {
        const held = rows?.find(({ clientId }) => clientId === each.id)
        const { id, name, scopes, grantTypes, secrets } = each
        return {
          id,
          name,
          scopes,
          grantTypes,
          ...(held ? { row: viewOf(held, secrets[0]) } : {}),
          shipped: id === BUILT_IN,
        }
      }),
    scopes: scopeViews({
      manual: MANUAL_SCOPES,
      newer: NEWER_SCOPES,
      shipped: entries.find(({ id }) => id === BUILT_IN)?.scopes ?? [],
      present: [...(entry?.scopes ?? []), ...(row?.scopes ?? [])],
    }),
  }
}

async function readAll(found: FoundInstallation, sources: ClientLookSources): Promise<Settings> {
  const { machine, redactor } = sources
  const files = filesOf(found.installation)
  let read: Settings = {
    settings: found.settings,
    database: { provider: 'PostgreSQL', server: '', database: '' },
    entries: [],
    rows: undefined,
  }
  try {
    const settings = await serviceSettings(machine, files)
    const path = clientsFile(found, settings)
    const bytes = await machine.files.read(path)
    if (!bytes) throw noSettings(path)
    redactor.register(...secretsInSettings(bytes))
    read = { ...read, settings: path, entries: readClients(bytes, path) }
    const target = await databaseIn(machine, files, settings, (...secrets) => redactor.register(...secrets))
    const named = databaseNamed(target.connectionString.open()) ?? { server: '', database: '' }
    read = { ...read, database: { provider: target.provider, ...named } }
    const database = await openDatabase(machine, target)
    try {
      return { ...read, rows: await clientsIn(database) }
    } finally {
      await database.close()
    }
  } catch (error) {
    return { ...read, problem: redactor.redactData(problemOf(error)) }
  }
}
