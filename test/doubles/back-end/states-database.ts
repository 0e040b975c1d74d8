import type { DatabaseVerdict } from '../../../electron/contract/database.ts'
import { useDatabase } from '../../../renderer/store/database.ts'
import { useFiles } from '../../../renderer/store/files.ts'
import { currentDraft, fillSlices } from '../../../renderer/store/slices.ts'
import { layersFailed, layersPassed } from './sample-checks.ts'
import {
  contents,
  creatioOnOracle,
  creatioOnSqlServer,
  creatioWithVault,
  sqlServerConnection,
} from './sample-database.ts'
import { answers, practiceAnswers } from './samples.ts'
import { never, refuse, type Script } from './scripted.ts'
import { click, filled, type State } from './state.ts'

const test = () => useDatabase.getState().runTest(currentDraft())

const frames = async (count: number) => {
  for (let i = 0; i < count; i += 1) await new Promise(requestAnimationFrame)
}

/** The entry of Creatio's configuration, as an untouched page takes it. */
const fromCreatio = async () => {
  fillSlices({ ...answers, database: { from: 'creatio' } })
  await useFiles.getState().lookAtCreatio()
}

const contentsState = (verdict: DatabaseVerdict, script: Partial<Script> = {}): State => ({
  page: 'database',
  prepare: filled,
  script: { 'database.look': () => contents[verdict], ...script },
  after: test,
})

const makeOwn = async () => {
  await fromCreatio()
  useDatabase.getState().makeOwn(sqlServerConnection)
}

/** The page Database. */
export const databaseStates: Readonly<Record<string, State>> = {
  database: { page: 'database', prepare: filled, after: test },
  'database-failed': {
    page: 'database',
    prepare: filled,
    script: { 'database.test': () => layersFailed },
    after: test,
  },
  'database-testing': {
    page: 'database',
    prepare: filled,
    script: { 'database.test': never },
    after: () => {
      void test()
      const { test: running, layerCame } = useDatabase.getState()
      for (const layer of layersPassed.slice(0, 3)) layerCame(running!.operation, layer)
      layerCame(running!.operation, { id: 'login', state: 'running', summary: '', ms: 0 })
    },
  },
  'database-facts': {
    page: 'database',
    prepare: filled,
    after: async () => {
      await test()
      await frames(2)
      click('[aria-label="Details of Server"]')
    },
  },
  'database-creatio': { page: 'database', prepare: fromCreatio },
  'database-notes': {
    page: 'database',
    prepare: fromCreatio,
    script: { 'creatio.look': () => creatioOnSqlServer() },
  },
  'database-vault': {
    page: 'database',
    prepare: fromCreatio,
    script: { 'creatio.look': () => creatioWithVault },
    after: () => click('#next'),
  },
  'database-oracle': {
    page: 'database',
    prepare: fromCreatio,
    script: { 'creatio.look': () => creatioOnOracle },
  },
  'database-text': {
    page: 'database',
    prepare: fromCreatio,
    script: { 'creatio.look': () => creatioOnSqlServer() },
    after: () => useDatabase.getState().editAsText(sqlServerConnection),
  },
  'database-unread': {
    page: 'database',
    prepare: filled,
    script: {
      'database.parse': () =>
        refuse({
          code: 'database.syntax',
          what: 'The connection string cannot be read: a quotation mark is not closed.',
          where: { path: 'database.connectionString', column: 31 },
          next: 'Close the quotation mark, or double it where it belongs to the value.',
        }),
    },
    after: async () => {
      useDatabase.getState().change({ way: 'connection-string' })
      await useDatabase.getState().parse('Server=db01.corp.example;User="o\'brien;Database=creatio_prod')
    },
  },
  'database-new': {
    page: 'database',
    prepare: makeOwn,
  },
  'database-new-filled': {
    page: 'database',
    prepare: async () => {
      await makeOwn()
      useDatabase.getState().changeOwn({
        password: { ref: 'vault:database.new.password', length: 24 },
        administrator: 'sa',
        administratorPassword: { ref: 'vault:database.new.administrator', length: 14 },
      })
    },
    after: test,
  },
  'database-grants': {
    page: 'database',
    prepare: filled,
    script: { 'database.test': () => layersFailed },
    after: async () => {
      await test()
      await frames(2)
      click('.layer-act button')
      await frames(4)
    },
  },
  'database-reuse': contentsState('reuse'),
  'database-client-differs': contentsState('client-differs'),
  'database-other-service': {
    ...contentsState('other-service'),
    after: async () => {
      await test()
      await frames(2)
      click('.clients .count')
    },
  },
  'database-incomplete': contentsState('incomplete'),
  'database-not-read': contentsState('new', {
    'database.look': () =>
      refuse({
        code: 'database.read',
        what: 'The tables of the Identity Service could not be read.',
        cause: 'This login may not read the table Clients.',
        next: 'Let its owner grant SELECT on it, or go on without this look.',
        details: ['ERROR 42501: permission denied for table Clients'],
      }),
  }),
  'database-empty': {
    page: 'database',
    prepare: () => fillSlices({ ...practiceAnswers, practice: false }),
    after: async () => {
      useDatabase.getState().change({ way: 'fields' })
      await frames(1)
      click('#next')
    },
  },
}
