import type {
  Answers,
  ChangeClientAnswers,
  ContainerAnswers,
  ReplaceCertificateAnswers,
  SetupAnswers,
} from '../../electron/contract/answers.ts'
import { emptyCertificate } from './certificate-data.ts'
import { certificateData } from './certificate-draft.ts'
import { clientChangeData } from './client-change-draft.ts'
import { emptyClientChange } from './client-change.ts'
import { clientData } from './client-draft.ts'
import { emptyClient } from './client.ts'
import { emptyContainer, type ContainerData } from './container.ts'
import { emptyDatabase } from './database-data.ts'
import { databaseData } from './database-draft.ts'
import type { Slices } from './draft.ts'
import { emptyFiles } from './files.ts'
import { emptyHosting } from './hosting.ts'
import { emptyLogging } from './logging.ts'
import { replacementData } from './replacement-draft.ts'
import { emptyReplacement } from './replacement.ts'
import { slotOf } from './secret-slot.ts'
import { websiteData } from './website-draft.ts'
import { emptyWebsite } from './website.ts'

const emptySlices: Slices = {
  scenario: 'new-installation',
  files: emptyFiles,
  hosting: emptyHosting,
  database: emptyDatabase,
  client: emptyClient,
  certificate: emptyCertificate,
  container: emptyContainer,
  website: emptyWebsite,
  logging: emptyLogging,
  replacement: emptyReplacement,
  clientChange: emptyClientChange,
}

/** The pages' fields for complete answers: from an answer file, an interrupted setup or the practice run. */
export function fromAnswers(answers: SetupAnswers): Slices {
  switch (answers.scenario) {
    case 'new-installation':
      return installationSlices(answers)
    case 'replace-certificate':
      return replacementSlices(answers)
    case 'change-client':
      return clientChangeSlices(answers)
  }
}

/** Where the service runs is only known once it was looked at. */
const replacementSlices = (answers: ReplaceCertificateAnswers): Slices => ({
  ...emptySlices,
  scenario: answers.scenario,
  hosting: { hosting: 'iis', practice: answers.practice ?? false },
  certificate: certificateData(answers.certificate),
  replacement: replacementData(answers),
})

const clientChangeSlices = (answers: ChangeClientAnswers): Slices => ({
  ...emptySlices,
  scenario: answers.scenario,
  hosting: { hosting: 'iis', practice: answers.practice ?? false },
  clientChange: clientChangeData(answers),
})

function installationSlices(answers: Answers): Slices {
  return {
    ...emptySlices,
    files: {
      source: answers.service.source ?? '',
      target: answers.service.target,
      creatioFolder: answers.creatio?.folder ?? '',
    },
    hosting: { hosting: answers.hosting, practice: answers.practice ?? false },
    database: databaseData(answers.database),
    client: clientData(answers.client),
    certificate: certificateData(answers.certificate),
    container: {
      ...(answers.container === undefined ? emptyContainer : containerData(answers.container)),
      publicUrl: answers.hosting === 'docker' ? (answers.publicUrl ?? '') : '',
    },
    website: {
      ...(answers.website === undefined ? emptyWebsite : websiteData(answers.website)),
      publicUrl: answers.hosting === 'iis' ? (answers.publicUrl ?? '') : '',
    },
    logging: { ...answers.logging, stdoutLogFile: answers.logging.stdoutLogFile ?? '' },
  }
}

function containerData(answers: ContainerAnswers): ContainerData {
  return {
    ...emptyContainer,
    name: answers.name,
    image: answers.image,
    settings: answers.settings,
    acceptSecretsInImage: answers.acceptSecretsInImage ?? false,
    http: answers.httpPort !== undefined,
    httpPort: numberText(answers.httpPort),
    https: answers.https !== undefined,
    httpsPort: numberText(answers.https?.port),
    httpsCertificate: answers.https?.certificate ?? '',
    httpsPassword: slotOf(answers.https?.password),
    network: answers.network ?? '',
    databaseServer: answers.databaseServer ?? '',
    redis: slotOf(answers.redis),
    restart: answers.restart,
  }
}

const numberText = (value: number | undefined): string => (value === undefined ? '' : String(value))
