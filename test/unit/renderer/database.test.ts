import { beforeEach, describe, expect, it } from 'vitest'
import type { CallName } from '../../../electron/contract/calls.ts'
import { answersSchema } from '../../../electron/contract/answers.ts'
import { valueFaults } from '../../../renderer/pages/database-faults.ts'
import { chosenCandidate, isSecretPlaceholder } from '../../../renderer/store/candidate.ts'
import { useDatabase } from '../../../renderer/store/database.ts'
import { useFiles } from '../../../renderer/store/files.ts'
import { currentDraft, fillSlices, readSlices, resetSlices } from '../../../renderer/store/slices.ts'
import { layersFailed, layersPassed } from '../../doubles/back-end/sample-checks.ts'
import {
  connection,
  contents,
  creatio,
  creatioOnOracle,
  creatioOnSqlServer,
  creatioWithVault,
  sqlServerConnection,
  windowsLogin,
} from '../../doubles/back-end/sample-database.ts'
import { answers } from '../../doubles/back-end/samples.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

// The page makes its bridge at the first call and keeps it; this one passes each call on to the test's own.
let script: Partial<Script> = {}
let asked: { name: CallName; input: unknown }[] = []
globalThis.setup = {
  call: (name, input) => {
    asked.push({ name, input })
    return scriptedBackEnd(script).call(name, input)
  },
  onEvent: () => () => undefined,
}

const state = () => useDatabase.getState()
const draftOfDatabase = () => currentDraft()['database']
const faultPaths = () => valueFaults().map(({ path }) => path)

async function lookAt(view: typeof creatio): Promise<void> {
  script = { ...script, 'creatio.look': () => view }
  useFiles.getState().setCreatioFolder(view.folder)
  await useFiles.getState().lookAtCreatio()
  state().change({ way: 'creatio' })
}

beforeEach(() => {
  script = {}
  asked = []
  resetSlices()
})

describe('the entries of ConnectionStrings.config', () => {
  it('takes the one that Creatio uses, and names another one only when it was chosen', async () => {
    await lookAt(creatio)
    expect(draftOfDatabase()).toEqual({ from: 'creatio' })
    state().choose(creatio.candidates[1]!)
    expect(draftOfDatabase()).toEqual({ from: 'creatio', entry: 'dbMSSqlUnitTest' })
    state().choose(creatio.candidates[0]!)
    expect(draftOfDatabase()).toEqual({ from: 'creatio' })
  })

  it('asks to choose where Creatio uses none of them', async () => {
    const candidates = creatio.candidates.map((candidate) => ({ ...candidate, inUse: false }))
    await lookAt({ ...creatio, candidates })
    expect(faultPaths()).toEqual(['database.entry'])
    state().choose(candidates[1]!)
    expect(faultPaths()).toEqual([])
  })

  it('lets the installer past the page Service files when Creatio uses Oracle', async () => {
    await lookAt(creatioOnOracle)
    expect(useFiles.getState().creatioProblem).toBeUndefined()
    expect(faultPaths()).toEqual(['database.from'])
  })

  it('refuses what the service cannot use before anything is connected', async () => {
    const notes = [{ level: 'error', text: 'LocalDB belongs to one user of Windows.' } as const]
    await lookAt(creatioOnSqlServer({ notes }))
    expect(valueFaults()).toEqual([{ path: 'database.from', text: notes[0]!.text }])
  })
})

describe('names of a vault', () => {
  it('wants a value for each, and hands over references', async () => {
    await lookAt(creatioWithVault)
    const names = creatioWithVault.candidates[0]!.placeholders
    expect(faultPaths()).toEqual(names.map((name) => `database.placeholders.${name}`))
    for (const name of names) state().setPlaceholder(name, { ref: `vault:${name}` }, 'shown')
    expect(faultPaths()).toEqual([])
    expect(draftOfDatabase()).toEqual({
      from: 'creatio',
      placeholders: Object.fromEntries(names.map((name) => [name, `vault:${name}`])),
    })
  })

  it('takes for a secret what the shown text does not name', () => {
    const [candidate] = creatioWithVault.candidates
    expect(isSecretPlaceholder(candidate!, 'Password')).toBe(true)
    expect(isSecretPlaceholder(candidate!, 'DbHost')).toBe(false)
  })
})

describe('a connection string as text', () => {
  const typed = 'Server=db01;User ID=creatio;Password=canary-5f1c'
  const problem = { code: 'database.connection-string', what: 'A quotation mark is open.', next: 'Close it.' }

  it('keeps no word of it once it is read, only where it is held', async () => {
    state().change({ way: 'connection-string' })
    await state().parse(typed)
    expect(JSON.stringify(state())).not.toContain('canary-5f1c')
    expect(draftOfDatabase()).toEqual({
      from: 'connection-string',
      provider: 'PostgreSQL',
      connectionString: connection.connectionString,
    })
  })

  it('sends the secrets of the one before by reference, not by value', async () => {
    await state().parse(typed)
    await state().parse(connection.text.replace('creatio_prod', 'creatio_test'))
    expect(asked.at(-1)).toMatchObject({
      name: 'database.parse',
      input: { basedOn: connection.connectionString, connectionString: expect.stringContaining('[hidden]') },
    })
  })

  it('asks nothing about a text that did not change', async () => {
    await state().parse(typed)
    await state().parse(connection.text)
    expect(asked.map(({ name }) => name)).toEqual(['database.parse'])
  })

  it('keeps what cannot be read, to be corrected, and hands over none of it', async () => {
    script = { 'database.parse': () => refuse(problem) }
    state().change({ way: 'connection-string' })
    await state().parse('Server="db01')
    expect(state().unread).toBe('Server="db01')
    expect(valueFaults()).toEqual([{ path: 'database.connectionString', text: problem.what }])
    expect(draftOfDatabase()).not.toHaveProperty('connectionString')
    script = {}
    await state().parse(typed)
    expect(state()).toMatchObject({ unread: '', parseProblem: undefined })
    expect(faultPaths()).toEqual([])
  })

  it('reads the same text for the DBMS that the installer names', async () => {
    script = { 'database.parse': () => refuse({ ...problem, code: 'database.unknown-provider' }) }
    await state().parse(typed)
    script = { 'database.parse': () => sqlServerConnection }
    await state().parseAs('MsSqlServer')
    expect(asked.at(-1)!.input).toMatchObject({ provider: 'MsSqlServer', connectionString: typed })
    expect(state()).toMatchObject({ textProvider: 'MsSqlServer', unread: '' })
  })

  it('goes to fields and back, and keeps its own DBMS meanwhile', () => {
    state().editAsText(connection)
    state().editAsFields(connection)
    expect(draftOfDatabase()).toEqual({
      from: 'fields',
      provider: 'PostgreSQL',
      server: connection.server,
      port: connection.port,
      database: connection.database,
      user: connection.user,
      password: connection.password,
      options: connection.options,
    })
    state().change({ provider: 'MsSqlServer' })
    state().change({ way: 'connection-string' })
    expect(draftOfDatabase()).toMatchObject({ provider: 'PostgreSQL' })
  })

  it('is empty again when it is cleared', async () => {
    await state().parse(typed)
    state().change({ way: 'connection-string' })
    await state().parse(' ')
    expect(draftOfDatabase()).toEqual({ from: 'connection-string', provider: 'PostgreSQL' })
    expect(state().parsed).toBeUndefined()
  })
})

describe('a database of the service’s own', () => {
  it('stands on the server of Creatio’s, under another name', () => {
    state().makeOwn(sqlServerConnection)
    expect(draftOfDatabase()).toMatchObject({
      from: 'new',
      provider: 'MsSqlServer',
      server: sqlServerConnection.server,
      database: 'identity_service',
      password: 'generate',
    })
  })

  it('keeps what was typed when it is opened again', () => {
    state().makeOwn(undefined)
    state().changeOwn({ server: 'mine' })
    state().makeOwn(sqlServerConnection)
    expect(state().own.server).toBe('mine')
  })

  it('is complete once the administrator is known', () => {
    state().makeOwn(connection)
    expect(faultPaths()).toEqual(['database.administrator.user', 'database.administrator.password'])
    state().changeOwn({ administrator: 'postgres', administratorPassword: { ref: 'vault:admin' } })
    expect(faultPaths()).toEqual([])
    const parsed = answersSchema.parse({ ...answers, database: draftOfDatabase() })
    // The back end compares the two by their text.
    expect(JSON.stringify(parsed.database)).toBe(JSON.stringify(draftOfDatabase()))
  })

  it('is not looked into: it is not there yet', async () => {
    state().makeOwn(connection)
    await state().runTest(currentDraft())
    expect(asked.map(({ name }) => name)).toEqual(['database.test'])
  })
})

describe('what is already there', () => {
  it('is read after a green test only', async () => {
    fillSlices(answers)
    script = { 'database.test': () => layersFailed }
    await state().runTest(currentDraft())
    expect(state().contents).toBeUndefined()
    script = { 'database.test': () => layersPassed, 'database.look': () => contents['client-differs'] }
    await state().runTest(currentDraft())
    expect(state().contents).toMatchObject({ running: false, view: { verdict: 'client-differs' } })
  })

  it('is forgotten with the test, and when a value changes', async () => {
    fillSlices(answers)
    await state().runTest(currentDraft())
    expect(state().contents).toBeDefined()
    state().change({ server: 'another' })
    expect(state().contents).toBeUndefined()
  })

  it('says why it could not be read, and leaves the test green', async () => {
    fillSlices(answers)
    const problem = { code: 'database.read', what: 'Clients may not be read.', next: 'Grant SELECT.' }
    script = { 'database.look': () => refuse(problem) }
    await state().runTest(currentDraft())
    expect(state().contents).toMatchObject({ running: false, problem })
    expect(state().test?.problem).toBeUndefined()
  })
})

describe('Windows login', () => {
  it('needs neither user nor password in the entry', async () => {
    await lookAt(creatioOnSqlServer(windowsLogin))
    expect(faultPaths()).toEqual([])
    expect(chosenCandidate(useFiles.getState().creatio, '')?.connection?.windowsLogin).toBe(true)
  })
})

it('fills the page from answers, and keeps none of it for another setup', () => {
  fillSlices({ ...answers, database: { from: 'creatio', entry: 'db', placeholders: { A: 'env:A' } } })
  expect(readSlices().database).toMatchObject({
    entry: 'db',
    placeholders: { A: { slot: { ref: 'env:A' } } },
  })
  resetSlices()
  expect(readSlices().database).toMatchObject({ entry: '', placeholders: {} })
})
