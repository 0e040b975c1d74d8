import { beforeEach, describe, expect, it } from 'vitest'
import { clientTabOfPath } from '../../../renderer/store/client.ts'
import { adoptRun, currentCourse } from '../../../renderer/store/course.ts'
import {
  changesOf,
  clientToday,
  creatioFollows,
  isBegun,
  useClientChange,
} from '../../../renderer/store/client-change.ts'
import { useHosting } from '../../../renderer/store/hosting.ts'
import { useMachine } from '../../../renderer/store/machine.ts'
import { currentDraft, fillSlices, resetSlices, typedDraft } from '../../../renderer/store/slices.ts'
import {
  clientChangeAnswers,
  clientChangeRun,
  clientFound,
  clientsFound,
  databaseUnreached,
  settingsUnread,
} from '../../doubles/back-end/sample-client.ts'
import { installations } from '../../doubles/back-end/sample-replacement.ts'
import { machine } from '../../doubles/back-end/samples.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

let script: Partial<Script> = {}
globalThis.setup = {
  call: (name, input) => scriptedBackEnd(script).call(name, input),
  onEvent: () => () => undefined,
}

const state = () => useClientChange.getState()
const system = clientFound.clients[0]!

/** Chosen and looked at, with nothing typed. */
const chosen = async () => {
  fillSlices({ ...clientChangeAnswers, client: {} })
  await state().look(currentDraft())
}

beforeEach(() => {
  script = {}
  resetSlices()
  useMachine.setState({ view: { ...machine, installations } })
})

describe('the client that is changed', () => {
  it('names the row that is to go in the plan, and leaves it out of answers for another service', async () => {
    fillSlices(clientChangeAnswers)
    await state().look(currentDraft())
    expect(currentDraft()).toEqual({ ...clientChangeAnswers, row: 3 })
    expect(typedDraft()).toEqual(clientChangeAnswers)
  })

  it('keeps the row of opened answers: a change that is half done has made another one by now', async () => {
    fillSlices({ ...clientChangeAnswers, row: 2 })
    await state().look(currentDraft())
    expect(currentDraft()).toMatchObject({ row: 2 })
  })

  it('forgets everything that belongs to one service when another is chosen', async () => {
    fillSlices({ ...clientChangeAnswers, row: 2, databaseServer: 'localhost' })
    await state().look(currentDraft())
    state().choose(installations[1]!)
    expect(state().view).toBeUndefined()
    expect(currentDraft()).toEqual({
      version: 1,
      scenario: 'change-client',
      installation: { target: installations[1]!.target },
      client: {},
    })
  })

  it('takes another client of the same service, with scopes and grant types of its own', async () => {
    script = { 'client.look': () => clientsFound }
    fillSlices({ ...clientChangeAnswers, client: { name: 'Creatio', scopes: ['openid'] } })
    await state().look(currentDraft())
    state().chooseClient('bpmonline-designer')
    expect(clientToday(state())?.id).toBe('bpmonline-designer')
    expect(currentDraft()).toMatchObject({ client: { current: 'bpmonline-designer', name: 'Creatio' } })
    expect(currentDraft()['client']).not.toHaveProperty('scopes')
    expect(currentDraft()).not.toHaveProperty('row')
    state().chooseClient(system.id)
    expect(currentDraft()['client']).toEqual({ current: system.id, name: 'Creatio' })
    expect(currentDraft()).toMatchObject({ row: 3 })
  })

  it('ignores an answer about a folder that is no longer typed', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    script = {
      'client.look': async () => {
        await held
        return clientFound
      },
    }
    state().chooseOther()
    state().changePlace({ target: 'C:\\Slow' })
    const looking = state().look(currentDraft())
    state().changePlace({ target: 'C:\\Since' })
    release()
    await looking
    expect(state()).toMatchObject({ target: 'C:\\Since', view: undefined, foundRow: undefined })
  })

  it('shows the answer of the later of two looks', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    script = {
      'client.look': async ({ draft }) => {
        if (draft['databaseServer'] === undefined) await held
        return draft['databaseServer'] === undefined ? databaseUnreached : clientFound
      },
    }
    fillSlices(clientChangeAnswers)
    const first = state().look(currentDraft())
    state().reachDatabaseAt('localhost')
    await state().look(currentDraft())
    release()
    await first
    expect(state().view).toEqual(clientFound)
    expect(state().operation).toBeUndefined()
  })

  it('learns from the look where the service runs', async () => {
    script = { 'client.look': () => databaseUnreached }
    await chosen()
    expect(useHosting.getState().hosting).toBe('docker')
  })

  it('keeps what was typed when there is no service', async () => {
    const problem = { code: 'installation.not-found', what: 'Nothing is there.', next: 'Choose another.' }
    script = { 'client.look': () => refuse(problem) }
    state().changePlace({ target: 'C:\\Nothing' })
    await state().look(currentDraft())
    expect(state()).toMatchObject({ target: 'C:\\Nothing', problem, operation: undefined })
  })
})

describe('what changes', () => {
  it('is nothing while everything stays empty', async () => {
    await chosen()
    expect(Object.values(changesOf(state()))).not.toContain(true)
    expect(creatioFollows(state())).toBe(false)
  })

  it('is nothing when everything is typed as it is', async () => {
    await chosen()
    const { id, name, scopes } = system
    state().change({
      id,
      name,
      scopes: scopes.toReversed(),
      grantTypes: ['client_credentials', 'implicit'],
    })
    expect(Object.values(changesOf(state()))).not.toContain(true)
  })

  it.each([
    ['id', { id: 'Kq3Wd8ZpT6mYb5Xc' }, true],
    ['secret', { secret: { ref: 'vault:client.secret' } }, true],
    ['name', { name: 'Creatio production' }, false],
    ['scopes', { scopes: ['openid'] }, false],
    ['grantTypes', { grantTypes: ['password' as const] }, false],
  ])('tells Creatio of another %s only where it has to know', async (what, data, follows) => {
    await chosen()
    state().change(data)
    expect(changesOf(state())).toMatchObject({ [what]: true })
    expect(Object.values(changesOf(state())).filter(Boolean)).toHaveLength(1)
    expect(creatioFollows(state())).toBe(follows)
  })

  it('counts what is typed also where the settings may not be read yet', async () => {
    script = { 'client.look': () => settingsUnread }
    await chosen()
    state().change({ id: 'Kq3Wd8ZpT6mYb5Xc' })
    expect(changesOf(state())).toMatchObject({ id: true, scopes: false })
  })

  it('counts what a change has made already, when it is gone on with', async () => {
    fillSlices({ ...clientChangeAnswers, client: { id: system.id }, row: 2 })
    await state().look(currentDraft())
    expect(isBegun(state())).toBe(true)
    expect(changesOf(state())).toMatchObject({ id: true, secret: false })
    expect(creatioFollows(state())).toBe(true)
  })

  it('says that Creatio has to follow where nobody knows what was changed', () => {
    expect(creatioFollows(state())).toBe(true)
  })

  it('makes only the value that is asked for', async () => {
    await chosen()
    await state().generate('secret')
    expect(currentDraft()['client']).toEqual({ secret: 'vault:client.secret' })
    await state().generate('id')
    expect(currentDraft()['client']).toEqual({ id: 'Idn7Qx2VtK9wLr4B', secret: 'vault:client.secret' })
  })

  it('finds no fault with what stays', async () => {
    script = {
      'client.check': ({ id }) => [{ field: 'client.id', level: 'error', text: `“${id}” will not do.` }],
    }
    await chosen()
    await state().check()
    expect(state().notes).toEqual([])
    state().change({ id: 'x' })
    await state().check()
    expect(state().notes).toMatchObject([{ field: 'client.id', text: '“x” will not do.' }])
  })
})

describe('the scenario', () => {
  it('is read from a run that this page did not start', () => {
    adoptRun(clientChangeRun)
    expect(currentCourse().scenario).toBe('change-client')
  })

  it('opens the tab of a field', () => {
    expect(clientTabOfPath('client.secret')).toBe('values')
    expect(clientTabOfPath('client.scopes.add')).toBe('scopes')
    expect(clientTabOfPath('client.grantTypes')).toBe('grants')
    expect(clientTabOfPath('website.site')).toBeUndefined()
  })
})
