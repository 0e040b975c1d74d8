import { beforeEach, describe, expect, it } from 'vitest'
import { doubts } from '../../../renderer/client-doubts.ts'
import { scopeFault } from '../../../renderer/rules.ts'
import { useClient } from '../../../renderer/store/client.ts'
import { useDatabase } from '../../../renderer/store/database.ts'
import { compareClient, existingClient } from '../../../renderer/store/existing-client.ts'
import { currentDraft, fillSlices, resetSlices } from '../../../renderer/store/slices.ts'
import { scopeViews } from '../../doubles/back-end/sample-client.ts'
import { contents } from '../../doubles/back-end/sample-database.ts'
import { answers } from '../../doubles/back-end/samples.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

let script: Partial<Script> = {}
let asked: string[] = []
globalThis.setup = {
  call: (name, input) => {
    asked.push(name)
    return scriptedBackEnd(script).call(name, input)
  },
  onEvent: () => () => undefined,
}

const state = () => useClient.getState()

beforeEach(() => {
  script = {}
  asked = []
  resetSlices()
})

describe('a client that is in the database already', () => {
  const tested = async () => {
    script = { 'database.look': () => contents['client-differs'] }
    fillSlices(answers)
    await useDatabase.getState().runTest(currentDraft())
  }

  it('is known by the values that it was compared with', async () => {
    await tested()
    expect(existingClient()?.verdict).toBe('client-differs')
    state().change({ scopes: ['openid'] })
    expect(existingClient()?.verdict).toBe('client-differs')
    state().change({ id: 'Kq3Wd8ZpT6mYb5Xc' })
    expect(existingClient()).toBeUndefined()
  })

  it('is asked for again once another one is typed', async () => {
    await tested()
    script = { 'database.look': () => contents.new }
    state().change({ id: 'Kq3Wd8ZpT6mYb5Xc' })
    await compareClient()
    expect(existingClient()?.verdict).toBe('new')
  })

  it('is not asked for while nobody knows that the database answers', async () => {
    fillSlices(answers)
    await compareClient()
    expect(asked).not.toContain('database.look')
  })

  it('is replaced only as the one that was agreed to', async () => {
    await tested()
    state().change({ replaceExisting: true })
    expect(currentDraft()['client']).toMatchObject({ replaceExisting: true })
    state().change({ id: 'Kq3Wd8ZpT6mYb5Xc' })
    expect(currentDraft()['client']).not.toHaveProperty('replaceExisting')
    state().change({ replaceExisting: true })
    await state().generate('secret')
    expect(currentDraft()['client']).not.toHaveProperty('replaceExisting')
  })
})

describe('scopes', () => {
  it('are those of every system client and the added ones', async () => {
    fillSlices({ ...answers, client: { ...answers.client, scopes: ['openid'] } })
    await state().lookAtScopes(currentDraft())
    expect(state().scopeViews?.map(({ scope }) => scope)).toEqual([
      ...scopeViews.map(({ scope }) => scope),
      'openid',
    ])
  })

  it('ignores an answer about scopes that were changed since', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    script = {
      'client.scopes': async () => {
        await held
        return []
      },
    }
    fillSlices(answers)
    const looking = state().lookAtScopes(currentDraft())
    state().change({ scopes: ['openid'] })
    release()
    await looking
    expect(state().scopeViews).toBeUndefined()
  })

  it('says why they are not known', async () => {
    const problem = { code: 'archive.missing', what: 'There is no archive.', next: 'Choose one.' }
    script = { 'client.scopes': () => refuse(problem) }
    await state().lookAtScopes(currentDraft())
    expect(state().scopeProblem).toEqual(problem)
  })

  it.each(['openid', 'ApplicationAccess_2d31', 'a'.repeat(200), '~!#[]'])('may be called %s', (name) => {
    expect(scopeFault(name)).toBeUndefined()
  })
  it.each(['', 'two words', 'quo"te', 'back\\slash', 'ключ', 'a'.repeat(201)])(
    'may not be called %j',
    (name) => {
      expect(scopeFault(name)).toBeDefined()
    },
  )
})

describe('what needs “use anyway”', () => {
  const good = { id: 'a'.repeat(16), secret: { ref: 'vault:1', length: 32 } }

  it('is a length only where something is typed', () => {
    expect(doubts({ id: '', secret: { ref: '' } }, [])).toEqual([])
    expect(doubts({ id: 'generate', secret: { ref: 'env:SECRET' } }, [])).toEqual([])
    expect(doubts(good, [])).toEqual([])
  })

  it('is another length than 16 and 32 characters', () => {
    const faults = doubts({ id: 'IdServiceUser', secret: { ref: 'vault:1', length: 31 } }, [])
    expect(faults.map(({ path }) => path)).toEqual(['client.id', 'client.secret'])
  })

  it('is also what the back end warns of, as an answer file is refused for it', () => {
    const warning = { field: 'client.id', level: 'warning', text: 'It ends with a space.' } as const
    const error = { field: 'client.name', level: 'error', text: 'It is empty.' } as const
    expect(doubts(good, [warning, error])).toEqual([{ path: 'client.id', text: warning.text }])
    expect(doubts({ ...good, id: 'short ' }, [warning])).toHaveLength(1)
  })

  it('is forgotten with the secret that was taken away', async () => {
    const warning = { field: 'client.secret', level: 'warning', text: 'It ends with a space.' } as const
    script = { 'client.check': () => [warning] }
    await state().check('secret ')
    expect(state().notes).toEqual([warning])
    state().change({ secret: { ref: '' } })
    expect(state().notes).toEqual([])
  })
})
