import type { Answers } from '../../contract/answers.ts'
import { parseConnectionString } from '../../database/connection/connection-string.ts'
import { maskedText } from '../../database/connection/mask.ts'
import { notesOn } from '../../database/connection/notes.ts'
import { serviceForm, type ServiceForm } from '../../database/connection/service-form.ts'
import type { Problem } from '../../contract/problem.ts'
import { Secret } from '../../secrets/secret.ts'
import { installationId, type Installation } from '../../service/installation.ts'
import type { SettingsEdits } from '../../service/settings-patch.ts'
import type { Plan } from '../../setup/plan.ts'
import { endpointOf } from '../../iis/endpoint.ts'
import { redirectSiteName } from '../../iis/redirect.ts'
import { planned, type PlannedStep } from '../../setup/step.ts'
import { awaitService } from '../../steps/await-service.ts'
import type { ServicePlace } from '../../steps/service-place.ts'
import { extractService } from '../../steps/extract-service.ts'
import { recordInstallation } from '../../steps/record-installation.ts'
import { maskedEdits, writeSettings } from '../../steps/write-settings.ts'
import { writeWebConfig } from '../../steps/write-web-config.ts'
import { signingSteps } from '../signing-certificate/plan.ts'
import { clientSteps } from './client-steps.ts'
import { contentsWarnings, databaseUntouched } from './contents-facts.ts'
import { newDatabaseSteps } from './new-database-steps.ts'
import { dockerSteps, inContainer } from './docker-plan.ts'
import type { Facts } from './facts.ts'
import { layoutOf, type Layout } from './layout.ts'
import { poolSteps, websiteSteps } from './website-plan.ts'

/** IIS gives an application 120 s to start; a container on a busy machine deserves no less. */
const PATIENCE_MS = 120_000
/** Relative to the service's folder; the vendor's own value, written so that the log folder whose rights are set is the one in use. */
const STDOUT_LOG = '.\\logs\\stdout'

/** A new installation as steps. Pure: the same answers and facts give the same plan. */
export function planNewInstallation(answers: Answers, facts: Facts): Plan {
  const layout = { ...layoutOf(answers), ...(facts.pfx === undefined ? {} : { pfx: facts.pfx }) }
  const edits = settingsEdits(answers, facts, layout)
  const hosting =
    answers.hosting === 'docker'
      ? dockerSteps(answers, facts, layout, edits)
      : websiteSteps(answers, facts, layout)
  const start = hosting.at(-1)!
  const replaced = clientSteps(facts, installationOf(answers, facts, layout))
  return {
    title: 'New installation',
    practice: answers.practice === true,
    elevation: answers.hosting === 'docker' ? 'none' : facts.website!.elevated ? 'present' : 'asked',
    steps: [
      ...newDatabaseSteps(facts, layout),
      ...(answers.hosting === 'iis' ? poolSteps(answers.website!, facts.website!) : []),
      ...fileSteps(answers, facts, layout, edits),
      ...replaced,
      ...hosting.slice(0, -1),
      // A client that was removed is made anew at the service's next start.
      { ...start, follows: [...start.follows, ...replaced.map(({ id }) => id)] },
      planned(
        awaitService,
        {
          id: 'await-service',
          title: 'Wait for the service',
          group: 'service',
          weight: 6,
          follows: [start.id],
        },
        {
          localUrl: layout.localUrl,
          ...(usesTls(answers) ? { trust: layout.tlsCertificate } : {}),
          place: servicePlace(answers, layout),
          known: known(facts),
          patienceMs: PATIENCE_MS,
        },
      ),
      planned(
        recordInstallation,
        { id: 'record-installation', title: 'Record the installation', group: 'service' },
        { stateFolder: facts.stateFolder, installation: installationOf(answers, facts, layout) },
      ),
    ],
    warnings: [
      ...facts.source.warnings,
      ...facts.signing.warnings,
      ...connectionWarnings(answers, facts),
      ...contentsWarnings(facts.contents, facts.client.id),
      ...warnings(answers, layout),
    ],
    untouched: untouched(answers, facts),
  }
}

/** The record of what the plan installs. */
function installationOf(answers: Answers, facts: Facts, layout: Layout): Omit<Installation, 'installedAt'> {
  const { container, website, hosting, practice } = answers
  return {
    version: 1,
    id: installationId(layout.target),
    name: (hosting === 'iis' ? website?.site : container?.name) ?? 'Identity Service',
    hosting,
    ...(practice === true ? { practice } : {}),
    target: layout.target,
    settings: layout.settings,
    pfx: layout.pfx,
    ...(usesTls(answers) ? { tlsCertificate: layout.tlsCertificate } : {}),
    publicUrl: layout.publicUrl,
    localUrl: layout.localUrl,
    clientId: facts.client.id,
    ...(container?.databaseServer === undefined || hosting !== 'docker'
      ? {}
      : {
          databaseServer: parseConnectionString(facts.database.connectionString, facts.database.provider)
            .server,
        }),
    ...(hosting === 'docker' && container ? { container: container.name } : {}),
    ...(hosting === 'iis' && website
      ? {
          website: {
            site: website.site,
            pool: website.pool,
            account: facts.website!.account,
            stdoutLog: layout.stdoutLog,
            ...(website.http?.redirect === true ? { redirectSite: redirectSiteName(website.site) } : {}),
            ...(website.https ? { endpoint: endpointOf(website).endpoint } : {}),
          },
        }
      : {}),
  }
}

function fileSteps(answers: Answers, facts: Facts, layout: Layout, edits: SettingsEdits): PlannedStep[] {
  const { source } = facts
  const masked = maskedEdits(edits, new Secret(maskedText(edits.connectionString!)))
  return [
    planned(
      extractService,
      { id: 'extract-service', title: 'Extract the archive', group: 'files', weight: 3 },
      { source: source.path, target: layout.target, files: source.files, bytes: source.unpackedBytes },
    ),
    ...signingSteps(answers.certificate, facts.signing, {
      path: layout.pfx,
      access: answers.hosting === 'docker' ? 'inherit' : 'private',
      present: 'usable',
      stateFolder: facts.stateFolder,
    }),
    planned(
      writeSettings,
      { id: 'write-settings', title: 'Write appsettings.json', group: 'files' },
      {
        path: layout.settings,
        edits,
        shown: masked,
        before: facts.settings,
        ...(answers.hosting === 'iis' ? { access: 'private' as const } : {}),
      },
    ),
    ...(facts.webConfig
      ? [
          planned(
            writeWebConfig,
            { id: 'write-web-config', title: 'Write web.config', group: 'files' },
            {
              path: layout.webConfig,
              edits: {
                stdoutLogEnabled: answers.logging.stdout,
                ...(answers.hosting === 'iis'
                  ? { stdoutLogFile: answers.logging.stdoutLogFile ?? STDOUT_LOG }
                  : {}),
              },
              before: facts.webConfig,
            },
          ),
        ]
      : []),
  ]
}

/** What appsettings.json has to say. The vendor's keys; the provider's own key too, because Docker's manual names it. */
function settingsEdits(answers: Answers, facts: Facts, layout: Layout): SettingsEdits {
  const { provider } = facts.database
  const { scopes, grantTypes } = answers.client
  const http = layout.publicUrl.startsWith('http:')
  return {
    dbProvider: provider === 'PostgreSQL' ? 'Postgres' : 'MsSqlServer',
    connectionString: formOf(answers, facts).connectionString,
    alsoProviderKey: answers.hosting === 'docker',
    client: {
      id: facts.client.id,
      name: facts.client.name,
      secret: facts.client.secret,
      redirectBase: layout.publicUrl,
      ...(scopes ? { scopes } : {}),
      ...(grantTypes ? { grantTypes } : {}),
      builtInSecret: facts.builtInSecret,
      ...(facts.patchedSource ? {} : { shipped: facts.source.settings }),
    },
    x509CertificatePath: answers.hosting === 'docker' ? inContainer(facts, 'openssl.pfx') : layout.pfx,
    logLevel: answers.logging.level,
    ...(facts.redis ? { redisConnection: facts.redis } : {}),
    // On by default since Creatio 8.3.1; over plain http it would send callers to addresses that nobody serves.
    // An earlier setup over http has switched it off, so that HTTPS under IIS says it too.
    set: http || answers.hosting === 'iis' ? [{ path: 'ForceHttpsSchemeInRequests', value: !http }] : [],
  }
}

/** The connection string as the service gets it. */
function formOf(answers: Answers, { database: { connectionString, provider, drivers } }: Facts): ServiceForm {
  const changes = serverChange(answers)
  return serviceForm(connectionString, provider, { changes, ...(drivers ? { drivers } : {}) })
}

function serverChange({ hosting, container }: Answers): { server?: string } {
  return hosting === 'docker' && container?.databaseServer !== undefined
    ? { server: container.databaseServer }
    : {}
}

/** Where the service that the answers describe runs. */
export function servicePlace({ hosting, container, website }: Answers, layout: Layout): ServicePlace {
  return hosting === 'docker'
    ? { kind: 'container', name: container!.name }
    : {
        kind: 'website',
        site: website!.site,
        pool: website!.pool,
        folder: layout.target,
        stdoutLog: layout.stdoutLog,
      }
}

/** Names for the remedies of what may go wrong. */
function known({ database, client }: Facts): { user: string; database: string; client: string } {
  const { user, database: name } = parseConnectionString(database.connectionString, database.provider)
  return { user, database: name, client: client.id }
}

/** Whether a certificate for HTTPS is written: made here, which nobody trusts by itself, or of an own PFX. */
function usesTls({ hosting, container, website }: Answers): boolean {
  return (hosting === 'docker' ? container?.https : website?.https) !== undefined
}

/** What is done about the connection string, and what may go wrong with it. */
function connectionWarnings(answers: Answers, facts: Facts): Problem[] {
  const { connectionString, provider, drivers } = facts.database
  const notes = [
    ...notesOn(connectionString, provider, drivers).filter(({ level }) => level === 'warning'),
    ...formOf(answers, facts).notes,
  ]
  const texts = new Set(notes.map(({ text }) => text))
  return [...texts].map((text) => {
    const { level, next } = notes.find((note) => note.text === text)!
    return {
      code: level === 'info' ? 'database.keyword-changed' : 'database.connection-note',
      what: text,
      next: next ?? 'Nothing has to be done.',
      where: { path: 'database' },
    }
  })
}

function warnings(answers: Answers, layout: Layout): Problem[] {
  const found: Problem[] = []
  if (layout.publicUrl.startsWith('http:'))
    found.push({
      code: 'url.plain-http',
      what: 'The Identity Service URL is plain http: secrets and tokens cross the network unencrypted.',
      next: 'Use HTTPS, unless this is a development environment.',
      where: { path: 'publicUrl' },
    })
  if (answers.container?.settings === 'dockerfile-env')
    found.push({
      code: 'docker.secrets-in-image',
      what: 'Settings are put into the image: everybody who has it can read the client secret and the database password.',
      next: 'Prefer the mounted file.',
      where: { path: 'container.settings' },
    })
  return found
}

function untouched(answers: Answers, facts: Facts): string[] {
  const { length } = facts.source.shippedPfx
  return [
    'Creatio: its files, its database entries and its system settings.',
    databaseUntouched(facts.contents, facts.client.id),
    ...(facts.newDatabase ? ['Other databases and logins of the database server.'] : []),
    answers.hosting === 'docker' ? 'Other containers and images.' : 'Other websites and application pools.',
    ...(length > 0
      ? [`The ${length === 1 ? 'PFX' : `${length} PFX files`} shipped in the archive: never used.`]
      : []),
  ]
}
