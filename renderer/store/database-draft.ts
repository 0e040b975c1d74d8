import type { DatabaseAnswers } from '../../electron/contract/answers.ts'
import { emptyDatabase, emptyNewDatabase, type DatabaseData, type PlaceholderData } from './database-data.ts'
import { given, givenNumber, givenSecret, type Draft } from './given.ts'
import { slotOf } from './secret-slot.ts'

/** The part of the answers about the database, as far as it is typed. The keys stand in the order of the answers. */
export function databaseDraft(data: DatabaseData): Draft {
  switch (data.way) {
    case 'practice':
      return { from: data.way }
    case 'creatio':
      return { from: data.way, ...given('entry', data.entry), ...placeholdersDraft(data.placeholders) }
    case 'connection-string':
      return {
        from: data.way,
        provider: data.textProvider,
        ...givenSecret('connectionString', data.connectionString),
      }
    case 'fields':
      return { from: data.way, ...placeDraft(data) }
    case 'new':
      return {
        from: data.way,
        ...placeDraft(data.own),
        administrator: {
          ...given('user', data.own.administrator),
          ...givenSecret('password', data.own.administratorPassword),
        },
      }
  }
}

type Place = Pick<DatabaseData, 'provider' | 'server' | 'port' | 'database' | 'user' | 'password' | 'options'>

const placeDraft = (data: Place): Draft => ({
  provider: data.provider,
  ...given('server', data.server),
  ...givenNumber('port', data.port),
  ...given('database', data.database),
  ...given('user', data.user),
  ...givenSecret('password', data.password),
  ...given('options', data.options),
})

function placeholdersDraft(placeholders: DatabaseData['placeholders']): Draft {
  const filled = Object.entries(placeholders).filter(([, { slot }]) => slot.ref !== '')
  return filled.length === 0
    ? {}
    : { placeholders: Object.fromEntries(filled.map(([name, { slot }]) => [name, slot.ref])) }
}

/** The page's fields for complete answers. */
export function databaseData(answers: DatabaseAnswers): DatabaseData {
  switch (answers.from) {
    case 'practice':
      return { ...emptyDatabase, way: answers.from }
    case 'creatio':
      return {
        ...emptyDatabase,
        way: answers.from,
        entry: answers.entry ?? '',
        placeholders: placeholdersData(answers.placeholders ?? {}),
      }
    case 'connection-string':
      return {
        ...emptyDatabase,
        way: answers.from,
        textProvider: answers.provider,
        connectionString: slotOf(answers.connectionString),
      }
    case 'fields':
      return { ...emptyDatabase, way: answers.from, ...placeData(answers) }
    case 'new':
      return {
        ...emptyDatabase,
        way: answers.from,
        own: {
          ...emptyNewDatabase,
          ...placeData(answers),
          administrator: answers.administrator.user,
          administratorPassword: slotOf(answers.administrator.password),
        },
      }
  }
}

const placeData = (answers: Extract<DatabaseAnswers, { from: 'fields' | 'new' }>): Place => ({
  provider: answers.provider,
  server: answers.server,
  port: answers.port === undefined ? '' : String(answers.port),
  database: answers.database,
  user: answers.user,
  password: slotOf(answers.password),
  options: answers.options ?? '',
})

const placeholdersData = (references: Readonly<Record<string, string>>): Record<string, PlaceholderData> =>
  Object.fromEntries(Object.entries(references).map(([name, ref]) => [name, { slot: slotOf(ref) }]))
