import type { CertificateData } from './certificate-data.ts'
import { certificateDraft } from './certificate-draft.ts'
import type { ClientData } from './client.ts'
import type { ContainerData } from './container.ts'
import type { DatabaseData } from './database.ts'
import type { FilesData } from './files.ts'
import type { HostingData } from './hosting.ts'
import type { LoggingData } from './logging.ts'
import { given, givenNumber, givenSecret, type Draft } from './given.ts'
import { replacementDraft } from './replacement-draft.ts'
import type { ReplacementData } from './replacement.ts'
import type { ScenarioId } from './scenarios.ts'
import { websiteDraft } from './website-draft.ts'
import type { WebsiteData } from './website.ts'

/** What was typed, page by page. */
export interface Slices {
  readonly scenario: ScenarioId
  readonly files: FilesData
  readonly hosting: HostingData
  readonly database: DatabaseData
  readonly client: ClientData
  readonly certificate: CertificateData
  readonly container: ContainerData
  readonly website: WebsiteData
  readonly logging: LoggingData
  readonly replacement: ReplacementData
}

/**
 * The answers as far as they are typed. What is empty is left out, so that the back end says what is missing; a
 * number that is not one goes as it was typed, so that the back end names its path.
 */
export const toDraft = (slices: Slices): Draft => ({
  version: 1,
  scenario: slices.scenario,
  ...(slices.hosting.practice ? { practice: true } : {}),
  certificate: certificateDraft(slices.certificate),
  ...drafts[slices.scenario](slices),
})

/** What the answers of each scenario hold besides. */
const drafts: Readonly<Record<ScenarioId, (slices: Slices) => Draft>> = {
  'new-installation': installationDraft,
  'replace-certificate': ({ replacement }) => replacementDraft(replacement),
}

function installationDraft(slices: Slices): Draft {
  const { files, hosting, client, logging } = slices
  return {
    hosting: hosting.hosting,
    service: { ...given('source', files.source), ...given('target', files.target) },
    ...(files.creatioFolder === '' ? {} : { creatio: { folder: files.creatioFolder } }),
    database: databaseDraft(slices.database),
    client: {
      ...given('id', client.id),
      ...given('name', client.name),
      ...givenSecret('secret', client.secret),
      ...(client.useAnyway ? { useAnyway: true } : {}),
    },
    ...hostDraft(slices),
    logging: {
      level: logging.level,
      stdout: logging.stdout,
      ...(hosting.hosting === 'iis' ? given('stdoutLogFile', logging.stdoutLogFile) : {}),
    },
  }
}

/** What the service runs in; what was typed for the other hosting stays on its page. */
const hostDraft = ({ hosting, container, website }: Slices): Draft =>
  hosting.hosting === 'docker'
    ? { container: containerDraft(container), ...given('publicUrl', container.publicUrl) }
    : { website: websiteDraft(website), ...given('publicUrl', website.publicUrl) }

function databaseDraft(data: DatabaseData): Draft {
  switch (data.way) {
    case 'creatio':
    case 'practice':
      return { from: data.way }
    case 'connection-string':
      return {
        from: data.way,
        provider: data.provider,
        ...givenSecret('connectionString', data.connectionString),
      }
    case 'fields':
      return {
        from: data.way,
        provider: data.provider,
        ...given('server', data.server),
        ...givenNumber('port', data.port),
        ...given('database', data.database),
        ...given('user', data.user),
        ...givenSecret('password', data.password),
        ...given('options', data.options),
      }
  }
}

function containerDraft(data: ContainerData): Draft {
  return {
    ...given('name', data.name),
    ...given('image', data.image),
    settings: data.settings,
    ...(data.acceptSecretsInImage ? { acceptSecretsInImage: true } : {}),
    ...(data.http ? givenNumber('httpPort', data.httpPort) : {}),
    ...(data.https
      ? {
          https: {
            ...givenNumber('port', data.httpsPort),
            ...given('certificate', data.httpsCertificate),
            ...givenSecret('password', data.httpsPassword),
          },
        }
      : {}),
    ...given('network', data.network),
    ...given('databaseServer', data.databaseServer),
    ...givenSecret('redis', data.redis),
    restart: data.restart,
  }
}
