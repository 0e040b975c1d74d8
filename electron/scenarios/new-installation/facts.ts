import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { generateClientSecret } from '../../client/generate.ts'
import type { Answers } from '../../contract/answers.ts'
import type { DatabaseTarget } from '../../database/target.ts'
import { lookAtEngine, type Engine, type EngineLook } from '../../docker/engine.ts'
import type { Machine } from '../../machine/machine.ts'
import type { Redactor } from '../../secrets/redactor.ts'
import type { Secret } from '../../secrets/secret.ts'
import type { Vault } from '../../secrets/vault.ts'
import { installationId, readInstallation } from '../../service/installation.ts'
import { describeSource, type SourceDescription } from '../../service/describe.ts'
import { secretsInSettings } from '../../service/settings-secrets.ts'
import { lookAtTarget } from '../../service/target.ts'
import type { SecretReferences } from '../../setup/secret-references.ts'
import { holdsOwnClient, systemClient, type SystemClient } from './client-facts.ts'
import { gatherSigningFacts, type SigningFacts } from '../signing-certificate/facts.ts'
import { gatherSurroundings } from '../signing-certificate/surroundings.ts'
import { madeOf } from '../../steps/made-database.ts'
import { lookIntoDatabase, refuseContents, type ContentsFacts } from './contents-facts.ts'
import { databaseOf } from './database-facts.ts'
import type { DatabaseSources } from './database-sources.ts'
import { layoutOf } from './layout.ts'
import { newDatabaseOf, type NewDatabaseFacts } from './new-database-facts.ts'
import { gatherWebsiteFacts, noWindows, type WebsiteFacts } from './website-facts.ts'

/** Everything a plan rests on that is not in the answers. Read, or generated; nothing was changed to get it. */
export interface Facts {
  readonly source: SourceDescription
  /** The source is the target, and an earlier setup has written there: nobody knows what the vendor shipped. */
  readonly patchedSource?: boolean
  /** The service's files as they are in the target, or as the archive holds them. */
  readonly settings: Uint8Array
  readonly webConfig?: Uint8Array
  readonly dockerfile?: Uint8Array
  /** As this machine reaches it. */
  readonly database: DatabaseTarget
  /** How that database is made, when it is to be. */
  readonly newDatabase?: NewDatabaseFacts
  /** What it holds; missing while it is not there. */
  readonly contents?: ContentsFacts
  readonly client: SystemClient
  /** Takes the place of the secrets that every copy of the build ships with. */
  readonly builtInSecret: Secret
  readonly redis?: Secret
  readonly tlsPassword?: Secret
  /** The container engine, when the answers ask for Docker and one answers. */
  readonly engine?: Engine
  /** The whole of what looking for that engine found. */
  readonly engineLook?: EngineLook
  /** Where the PFX of the installation in this folder lies today, where that is not the usual place. */
  readonly pfx?: string
  /** The certificate that is going to sign. */
  readonly signing: SigningFacts
  /** What IIS and Windows say, when the answers ask for IIS. */
  readonly website?: WebsiteFacts
  readonly machineName: string
  readonly stateFolder: string
  readonly practice?: PracticeFacts
}

export interface PracticeFacts {
  /** `IdentityService.zip` of the practice run. */
  readonly archive: string
  readonly connectionString: Secret
}

export interface FactSources {
  readonly machine: Machine
  readonly redactor: Redactor
  readonly vault: Vault
  readonly references: SecretReferences
  readonly stateFolder: string
  readonly practice?: PracticeFacts
}

/**
 * Gathers the facts for a new installation, read only.
 * @throws SetupError when the archive, the database or a secret cannot be had; each names the answer's path
 */
export async function gatherFacts(answers: Answers, sources: FactSources): Promise<Facts> {
  const { machine, redactor, references, vault, practice, stateFolder } = sources
  if (answers.hosting === 'iis' && !machine.windows) throw noWindows()
  const path = answers.service.source ?? practice?.archive ?? ''
  // The docker command takes its time: meanwhile the rest is read.
  const looking = answers.hosting === 'docker' ? lookAtEngine(machine) : undefined
  looking?.catch(() => {})
  const source = await describeSource(machine, path)
  const { target } = answers.service
  const installed = (await lookAtTarget(machine, target)) === 'service'
  const read = async (name: string) => (installed ? await machine.files.read(join(target, name)) : undefined)
  const current = await read('appsettings.json')
  for (const settings of [source.settings, current])
    if (settings) redactor.register(...secretsInSettings(settings))
  const webConfig = (await read('web.config')) ?? source.webConfig
  const dockerfile = (await read('Dockerfile-OAuth')) ?? source.dockerfile
  const { database, newDatabase } = await databaseFacts(answers, sources, {
    machine,
    references,
    vault,
    hide: (...secrets) => redactor.register(...secrets),
    drivers: source.drivers,
    ...(current ? { settings: current } : {}),
    ...(practice ? { practice: practice.connectionString } : {}),
  })
  const { container, website } = answers
  const websiteFacts =
    website && answers.hosting === 'iis'
      ? await gatherWebsiteFacts({ ...answers, website }, sources)
      : undefined
  const pfxToday = await recordedPfx(answers, sources)
  const signing = await signingFacts(answers, source, pfxToday, sources)
  const pfx = website?.https?.certificate
  const open = async (reference: string | undefined, at: string, name: string) =>
    reference === undefined ? {} : { [name]: await references.open(reference, at) }
  const patchedSource = resolve(path) === resolve(target) && holdsOwnClient(source.settings, answers.client)
  const shipped = patchedSource ? undefined : source.settings
  const client = await systemClient(answers, current, shipped, { machine, references, vault })
  const isThere = !newDatabase || newDatabase.made.database
  const contents = isThere ? await lookIntoDatabase(machine, database, client) : undefined
  refuseContents(answers, client, contents)
  const builtInSecret = generateClientSecret(machine.random)
  redactor.register(builtInSecret)
  const engineLook = await looking
  return {
    source,
    patchedSource,
    settings: current ?? source.settings,
    ...(webConfig ? { webConfig } : {}),
    ...(dockerfile ? { dockerfile } : {}),
    database,
    ...(newDatabase ? { newDatabase } : {}),
    ...(contents ? { contents } : {}),
    client,
    builtInSecret,
    signing,
    ...(pfxToday === undefined ? {} : { pfx: pfxToday }),
    ...(await open(container?.redis, 'container.redis', 'redis')),
    ...(await open(container?.https?.password, 'container.https.password', 'tlsPassword')),
    ...(pfx?.from === 'pfx'
      ? await open(pfx.password, 'website.https.certificate.password', 'tlsPassword')
      : {}),
    ...(websiteFacts ? { website: websiteFacts } : {}),
    ...(engineLook?.engine ? { engine: engineLook.engine } : {}),
    ...(engineLook ? { engineLook } : {}),
    machineName: hostname(),
    stateFolder,
    ...(practice ? { practice } : {}),
  }
}

/** The database, and how it is made where the answers ask for a new one. */
async function databaseFacts(
  answers: Answers,
  { machine, stateFolder }: FactSources,
  sources: DatabaseSources,
): Promise<Pick<Facts, 'database' | 'newDatabase'>> {
  const { database, service } = answers
  if (database.from !== 'new') return { database: await databaseOf(answers, sources) }
  const asked = await newDatabaseOf(database, sources)
  const made = await madeOf(machine, stateFolder, service.target, asked.wanted)
  return { database: asked.target, newDatabase: { ...asked, made } }
}

async function signingFacts(
  answers: Answers,
  source: SourceDescription,
  pfxToday: string | undefined,
  sources: FactSources,
): Promise<SigningFacts> {
  const { machine, stateFolder } = sources
  const { certificate, hosting, creatio } = answers
  const { target, pfx: usual } = layoutOf(answers)
  const place = pfxToday ?? usual
  const about = await gatherSurroundings(machine, stateFolder, {
    iis: hosting === 'iis',
    source: source.path,
    installed: resolve(source.path) === resolve(target),
    creatioFolder: creatio?.folder,
    pfx: place,
    own: certificate.from === 'file' ? [certificate.file] : [],
  })
  return gatherSigningFacts(certificate, { ...about, place }, sources)
}

/** A certificate that was replaced by one elsewhere stays there: the same answers must not lead back to the former one. */
async function recordedPfx(
  answers: Answers,
  { machine, stateFolder }: FactSources,
): Promise<string | undefined> {
  const { pfx, target } = layoutOf(answers)
  if (answers.hosting !== 'iis') return undefined
  const record = await readInstallation(machine, stateFolder, installationId(target))
  return record?.pfx === pfx ? undefined : record?.pfx
}
