import type { Answers, ContainerAnswers, DatabaseAnswers } from '../../electron/contract/answers.ts'
import { emptyContainer, type ContainerData } from './container.ts'
import { emptyDatabase, type DatabaseData } from './database.ts'
import type { Slices } from './draft.ts'
import { slotOf } from './secret-slot.ts'
import { websiteData } from './website-draft.ts'
import { emptyWebsite } from './website.ts'

/** The pages' fields for complete answers: from an answer file, an interrupted setup or the practice run. */
export function fromAnswers(answers: Answers): Slices {
  return {
    files: {
      source: answers.service.source ?? '',
      target: answers.service.target,
      creatioFolder: answers.creatio?.folder ?? '',
    },
    hosting: { hosting: answers.hosting, practice: answers.practice ?? false },
    database: databaseData(answers.database),
    client: {
      id: answers.client.id,
      name: answers.client.name,
      secret: slotOf(answers.client.secret),
      useAnyway: answers.client.useAnyway ?? false,
    },
    certificate: {
      key: answers.certificate.key,
      subject: answers.certificate.subject,
      days: String(answers.certificate.days),
    },
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

function databaseData(answers: DatabaseAnswers): DatabaseData {
  switch (answers.from) {
    case 'creatio':
    case 'practice':
      return { ...emptyDatabase, way: answers.from }
    case 'connection-string':
      return {
        ...emptyDatabase,
        way: answers.from,
        provider: answers.provider,
        connectionString: slotOf(answers.connectionString),
      }
    case 'fields':
      return {
        ...emptyDatabase,
        way: answers.from,
        provider: answers.provider,
        server: answers.server,
        port: numberText(answers.port),
        database: answers.database,
        user: answers.user,
        password: slotOf(answers.password),
        options: answers.options ?? '',
      }
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
