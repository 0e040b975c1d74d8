import { beforeEach, describe, expect, it } from 'vitest'
import { dayAndTime, wholeTime } from '../../../renderer/format.ts'
import { adoptRun, currentCourse, stepName } from '../../../renderer/store/course.ts'
import { useHosting } from '../../../renderer/store/hosting.ts'
import { chosenInstallation } from '../../../renderer/store/installation-choice.ts'
import { useMachine } from '../../../renderer/store/machine.ts'
import { useReplacement } from '../../../renderer/store/replacement.ts'
import {
  currentDraft,
  fillSlices,
  forgetRun,
  resetSlices,
  typedDraft,
} from '../../../renderer/store/slices.ts'
import { useRun } from '../../../renderer/store/run.ts'
import {
  dockerFound,
  iisFound,
  installations,
  replacementAnswers,
  replacementRun,
} from '../../doubles/back-end/sample-replacement.ts'
import { runRunning } from '../../doubles/back-end/sample-runs.ts'
import { machine } from '../../doubles/back-end/samples.ts'
import { refuse, scriptedBackEnd, type Script } from '../../doubles/back-end/scripted.ts'

let script: Partial<Script> = {}
globalThis.setup = {
  call: (name, input) => scriptedBackEnd(script).call(name, input),
  onEvent: () => () => undefined,
}

const state = () => useReplacement.getState()
const thumbprint = iisFound.current!.certificate!.thumbprint

beforeEach(() => {
  script = {}
  resetSlices()
  useMachine.setState({ view: { ...machine, installations } })
})

describe('the installation whose certificate is replaced', () => {
  it('names what it replaces in the plan, and leaves it out of answers that may serve another one', async () => {
    fillSlices(replacementAnswers)
    await state().look(currentDraft())
    expect(currentDraft()).toEqual({ ...replacementAnswers, replaces: thumbprint })
    expect(typedDraft()).toEqual(replacementAnswers)
  })

  it('keeps the certificate that opened answers replace: one that is half done has another by now', async () => {
    const replaces = 'A'.repeat(40)
    fillSlices({ ...replacementAnswers, replaces })
    await state().look(currentDraft())
    expect(currentDraft()).toEqual({ ...replacementAnswers, replaces })
  })

  it('asks again for everything that belongs to one installation when another is chosen', async () => {
    fillSlices({ ...replacementAnswers, path: 'D:\\new.pfx', replaces: 'A'.repeat(40) })
    await state().look(currentDraft())
    state().choose(installations[1]!)
    expect(state().view).toBeUndefined()
    expect(currentDraft()).toEqual({
      version: 1,
      scenario: 'replace-certificate',
      certificate: replacementAnswers.certificate,
      installation: { target: installations[1]!.target },
    })
  })

  it('keeps everything when the same one is chosen once more', async () => {
    fillSlices(replacementAnswers)
    await state().look(currentDraft())
    state().choose(installations[0]!)
    expect(state().view).toEqual(iisFound)
    expect(currentDraft()['creatio']).toEqual({ pool: 'Creatio' })
  })

  it('ignores an answer about a folder that is no longer typed', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    script = {
      'replacement.look': async () => {
        await held
        return iisFound
      },
    }
    state().chooseOther()
    state().changePlace({ target: 'C:\\Slow' })
    const looking = state().look(currentDraft())
    state().changePlace({ target: 'C:\\Since' })
    release()
    await looking
    expect(state()).toMatchObject({ target: 'C:\\Since', view: undefined, found: '' })
  })

  it('keeps what was typed when there is no service', async () => {
    const problem = { code: 'installation.not-found', what: 'Nothing is there.', next: 'Choose another.' }
    script = { 'replacement.look': () => refuse(problem) }
    state().changePlace({ target: 'C:\\Nothing' })
    await state().look(currentDraft())
    expect(state()).toMatchObject({ target: 'C:\\Nothing', problem, view: undefined, looking: false })
  })

  it('learns from the look where the service runs', async () => {
    script = { 'replacement.look': () => dockerFound }
    state().changePlace({ target: dockerFound.target })
    await state().look(currentDraft())
    expect(useHosting.getState().hosting).toBe('docker')
  })

  it('knows an installation of a practice run also by its folder alone', () => {
    const practised = { ...installations[0]!, practice: true, target: 'C:\\Practice' }
    useMachine.setState({ view: { ...machine, installations: [practised] } })
    state().changePlace({ target: practised.target })
    expect(currentDraft()['practice']).toBe(true)
    state().changePlace({ target: 'C:\\Elsewhere' })
    expect(currentDraft()).not.toHaveProperty('practice')
  })

  it('marks the chosen one in the list', () => {
    const marked = (typing: boolean, target: string) => chosenInstallation({ typing, target }, installations)
    expect(marked(false, '')).toBe('')
    expect(marked(false, installations[0]!.target)).toBe(installations[0]!.id)
    expect(marked(true, installations[0]!.target)).toBe('other')
    expect(marked(false, 'C:\\Unknown')).toBe('other')
  })
})

describe('what restarts Creatio', () => {
  it('says nothing of it when the installer restarts it', () => {
    fillSlices(replacementAnswers)
    state().change({ creatio: 'myself' })
    expect(currentDraft()).not.toHaveProperty('creatio')
  })

  it('says nothing of a path that was typed and given up', () => {
    fillSlices({ ...replacementAnswers, path: 'D:\\new.pfx' })
    state().change({ elsewhere: false })
    expect(currentDraft()).not.toHaveProperty('path')
    state().change({ elsewhere: true })
    expect(currentDraft()['path']).toBe('D:\\new.pfx')
  })
})

describe('the scenario', () => {
  it('is read from a run that this page did not start', () => {
    adoptRun(replacementRun)
    expect(currentCourse().scenario).toBe('replace-certificate')
    adoptRun(runRunning)
    expect(currentCourse()).toEqual({ scenario: 'new-installation', hosting: 'docker' })
  })

  it('calls the page that changes the machine by its own verb', () => {
    expect(stepName('new-installation', 'install')).toBe('Install')
    expect(stepName('replace-certificate', 'install')).toBe('Replace')
    expect(stepName('replace-certificate', 'review')).toBe('Review')
  })

  it('keeps the answers when only the run is forgotten', () => {
    fillSlices(replacementAnswers)
    useRun.setState({ view: replacementRun })
    forgetRun()
    expect(useRun.getState().view).toBeUndefined()
    expect(typedDraft()).toEqual(replacementAnswers)
  })

  it('begins anew as an installation', () => {
    fillSlices(replacementAnswers)
    resetSlices()
    expect(currentCourse().scenario).toBe('new-installation')
    expect(state().target).toBe('')
  })
})

describe('times in words', () => {
  const now = new Date(2026, 10, 21, 14, 30)
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()

  it.each([
    [at(21, 20), 'today at 20:00'],
    [at(22, 7), 'tomorrow at 07:00'],
    [at(24, 20), 'Tuesday at 20:00'],
  ])('says %s as %s', (iso, words) => expect(dayAndTime(iso, now)).toBe(words))

  it.each([
    [3600, '1 hour'],
    [7200, '2 hours'],
    [5400, '90 minutes'],
    [45, '45 seconds'],
  ])('says %d seconds as %s', (seconds, words) => expect(wholeTime(seconds)).toBe(words))
})
