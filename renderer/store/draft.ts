import type { CertificateData } from './certificate-data.ts'
import { certificateDraft } from './certificate-draft.ts'
import { clientChangeDraft } from './client-change-draft.ts'
import type { ClientChangeData } from './client-change.ts'
import { clientDraft } from './client-draft.ts'
import type { ClientData } from './client.ts'
import type { ContainerData } from './container.ts'
import type { DatabaseData } from './database-data.ts'
import { databaseDraft } from './database-draft.ts'
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
  readonly clientChange: ClientChangeData
}

/**
 * The answers as far as they are typed. What is empty is left out, so that the back end says what is missing; a
 * number that is not one goes as it was typed, so that the back end names its path.
 */
export const toDraft = (slices: Slices): Draft => ({
  version: 1,
  scenario: slices.scenario,
  ...(slices.hosting.practice ? { practice: true } : {}),
  ...drafts[slices.scenario](slices),
})

/** What the answers of each scenario hold besides. */
const drafts: Readonly<Record<ScenarioId, (slices: Slices) => Draft>> = {
  'new-installation': installationDraft,
  'replace-certificate': ({ certificate, replacement }) => ({
    certificate: certificateDraft(certificate),
    ...replacementDraft(replacement),
  }),
  'change-client': ({ clientChange }) => clientChangeDraft(clientChange),
}

function installationDraft(slices: Slices): Draft {
  const { files, hosting, logging } = slices
  return {
    hosting: hosting.hosting,
    service: { ...given('source', files.source), ...given('target', files.target) },
    ...(files.creatioFolder === '' ? {} : { creatio: { folder: files.creatioFolder } }),
    database: databaseDraft(slices.database),
    client: clientDraft(slices.client),
    certificate: certificateDraft(slices.certificate),
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
