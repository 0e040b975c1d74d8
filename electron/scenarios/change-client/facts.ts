import type { ChangeClientAnswers } from '../../contract/answers.ts'
import { SetupError } from '../../contract/problem.ts'
import type { ClientRow } from '../../database/identity-database.ts'
import { openDatabase } from '../../database/open-database.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import { generateClientId, generateClientSecret } from '../../client/generate.ts'
import { whyUnseen } from '../../iis/unseen.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Vault } from '../../secrets/vault.ts'
import { readClients } from '../../service/clients.ts'
import { secretsInSettings } from '../../service/settings-secrets.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'
import { databaseIn } from '../../steps/service-database.ts'
import { filesOf, noSettings, serviceSettings } from '../../steps/service-settings.ts'
import { lookAtToken } from '../../windows/token.ts'
import { databaseNamed, type NamedDatabase } from '../installation/database-named.ts'
import { findInstallation } from '../installation/find.ts'
import type { FoundInstallation } from '../installation/found.ts'
import { trusted } from '../installation/trust.ts'
import { refuseSecret } from '../client-values.ts'
import { decide, type ClientDecision } from './decide.ts'
import { formerSecret } from './former-secret.ts'
import { neighboursOf } from './neighbours.ts'
import { clientsFile } from './refuse.ts'
import { lookAtRemains, NO_REMAINS, type ClientRemains } from './remains.ts'

/** What a change of the client rests on that is not in the answers. Read, or generated; nothing was changed. */
export interface ClientChangeFacts extends ClientDecision, ClientRemains {
  readonly found: FoundInstallation
  /** The file that the service has its clients from, and its bytes. */
  readonly settings: { readonly path: string; readonly before: Uint8Array }
  /** As this machine reaches it. */
  readonly database?: DatabaseTarget & NamedDatabase
  /** ClientIds in the database that the settings do not hold: those that Creatio has made, or another service. */
  readonly others: readonly string[]
  /** Names of other installations that use the same database. */
  readonly neighbours: readonly string[]
  /** Whether this user could read settings and database. Where not, who carries the plan out sees the real change. */
  readonly seen: boolean
  /** Under IIS, whether this process may change it. */
  readonly elevated: boolean
  readonly stateFolder: string
}

export interface ClientChangeSources {
  readonly machine: Machine
  readonly redactor: Redactor
  readonly references: SecretReferences
  readonly vault: Vault
  readonly stateFolder: string
}

/**
 * Gathers what a change of the client needs to know, read only. A generated secret goes into the vault, as `client.secret`.
 * @throws SetupError those of `findInstallation`, `clientsFile`, `decide` and `openDatabase`; `client.…` for a typed secret
 */
export async function gatherClientChangeFacts(
  answers: ChangeClientAnswers,
  sources: ClientChangeSources,
): Promise<ClientChangeFacts> {
  const { machine, stateFolder, vault } = sources
  const found = withServer(
    answers,
    trusted(
      await findInstallation(machine, stateFolder, {
        ...answers.installation,
        practice: answers.practice === true,
      }),
      stateFolder,
    ),
  )
  const typed = await typedSecret(answers, sources)
  const token = found.installation.hosting === 'iis' ? await lookAtToken(machine) : undefined
  const about = { found, elevated: token?.elevated ?? true, stateFolder }
  const seen = await unlessUnseen(look(answers, found, typed, sources))
  const facts = { ...about, ...(seen ?? unseen(answers, found, typed, sources)) }
  const { secret, from } = facts.wanted
  if (secret && from !== 'answers') vault.put('client.secret', secret.open())
  return facts
}

type Seen = Omit<ClientChangeFacts, 'found' | 'elevated' | 'stateFolder'>

async function look(
  answers: ChangeClientAnswers,
  found: FoundInstallation,
  typed: Secret | undefined,
  { machine, redactor, stateFolder }: ClientChangeSources,
): Promise<Seen> {
  const files = filesOf(found.installation)
  const settings = await serviceSettings(machine, files)
  const path = clientsFile(found, settings)
  const before = await machine.files.read(path)
  if (!before) throw noSettings(path)
  redactor.register(...secretsInSettings(before))
  const target = await databaseIn(machine, files, settings, (...secrets) => redactor.register(...secrets))
  const entries = readClients(before, path)
  const named = databaseNamed(target.connectionString.open()) ?? { server: '', database: '' }
  const database = await openDatabase(machine, target)
  try {
    const rows = await clientsIn(database)
    const overwritten = await overwrittenSecret(answers, { machine, stateFolder }, path)
    if (overwritten) redactor.register(overwritten)
    const decision = decide(answers, {
      entries,
      rows,
      recorded: found.installation.clientId,
      ...(typed ? { typed } : {}),
      ...(overwritten ? { overwritten } : {}),
      provider: target.provider,
      settings: path,
      random: machine.random,
    })
    const own = new Set([...entries.map(({ id }) => id), decision.former.id, decision.wanted.id])
    return {
      ...decision,
      ...(await lookAtRemains(database, rows, decision, { path, before })),
      settings: { path, before },
      database: { ...target, ...named },
      others: rows.map(({ clientId }) => clientId).filter((id) => !own.has(id)),
      neighbours: await neighboursOf(machine, stateFolder, found.installation, named),
      seen: true,
    }
  } finally {
    await database.close()
  }
}

/** All clients; none where the service has never started with this database. */
export async function clientsIn(
  database: Awaited<ReturnType<typeof openDatabase>>,
): Promise<readonly ClientRow[]> {
  const { present } = await database.tables()
  return present.includes('Clients') ? database.clients() : []
}

/** What can be planned without a look at the settings. What is to be generated is, so that it can be shown. */
function unseen(
  { client: asked, row }: ChangeClientAnswers,
  { installation, settings }: FoundInstallation,
  typed: Secret | undefined,
  { machine }: ClientChangeSources,
): Seen {
  const id = asked.current ?? installation.clientId
  const generated = asked.secret === 'generate' && row === undefined
  const secret = typed ?? (generated ? generateClientSecret(machine.random) : undefined)
  return {
    former: { id },
    wanted: {
      id: asked.id === undefined ? id : asked.id === 'generate' ? generateClientId(machine.random) : asked.id,
      name: asked.name ?? '',
      ...(secret ? { secret } : {}),
      scopes: asked.scopes ?? [],
      grantTypes: asked.grantTypes ?? [],
      from: typed ? 'answers' : generated ? 'generated' : 'kept',
    },
    // As little as the change can be shown by.
    settings: {
      path: settings,
      before: Buffer.from(JSON.stringify({ Clients: JSON.stringify([{ ClientId: id }]) })),
    },
    ...NO_REMAINS,
    others: [],
    neighbours: [],
    seen: false,
  }
}

/** Of a run that goes on, where its answers say which client was to go. */
async function overwrittenSecret(
  { client: { current }, row }: ChangeClientAnswers,
  { machine, stateFolder }: Pick<ClientChangeSources, 'machine' | 'stateFolder'>,
  settings: string,
): Promise<Secret | undefined> {
  if (row === undefined || current === undefined) return undefined
  return formerSecret(machine, stateFolder, { settings, id: current, row })
}

async function typedSecret(
  { client: { secret: reference, useAnyway } }: ChangeClientAnswers,
  { references }: ClientChangeSources,
): Promise<Secret | undefined> {
  if (reference === undefined || reference === 'generate') return undefined
  const secret = await references.open(reference, 'client.secret')
  refuseSecret(secret, useAnyway)
  return secret
}

function withServer({ databaseServer }: ChangeClientAnswers, found: FoundInstallation): FoundInstallation {
  return databaseServer === undefined
    ? found
    : { ...found, installation: { ...found.installation, databaseServer } }
}

/** Undefined where only an administrator may look. */
async function unlessUnseen<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    const denied = error instanceof SetupError && error.problem.code === 'file.no-access'
    if (denied || whyUnseen(error) === 'not-elevated') return undefined
    throw error
  }
}
