import { expect, it } from 'vitest'
import { Journal } from '../../../electron/setup/journal.ts'
import { planned, stepRegistry, type Step } from '../../../electron/setup/step.ts'
import { undoAll } from '../../../electron/setup/undo.ts'
import { inFolder, planOf, startRun, World } from './fake-steps.ts'

const said: string[] = []

function kind(name: string, more: Partial<Step<never, object>>): Step<never, never> {
  const never = () => Promise.reject(new Error('not asked for'))
  const undo = async () => {
    said.push(`undo ${name}`)
    return ''
  }
  const step = { kind: name, inspect: never, apply: never, verify: never, undo, ...more }
  return { ...step, preview: () => ({ detail: '' }) } as unknown as Step<never, never>
}

const settling = (name: string): Partial<Step<never, object>> => ({
  settle: async () => {
    said.push(`settle ${name}`)
    return ''
  },
})

it('settles in the order of taking back, and at the very end what needs the others', () =>
  inFolder(async (folder, machine) => {
    const registry = stepRegistry([
      kind('pool', settling('pool')),
      kind('file', {}),
      kind('service', settling('service')),
      kind('user', { ...settling('user'), settlesLast: true }),
    ])
    const names = ['pool', 'file', 'service', 'user']
    const journal = await Journal.create(machine, folder, {
      type: 'run',
      id: 'r1',
      title: 'Test',
      practice: false,
      at: '2026-11-21T20:00:00.000Z',
      answers: {},
      steps: names.map((id) => ({ id, title: id, group: 'files' })),
    })
    for (const name of names) await journal.add({ type: 'undo', step: name, kind: name, record: {} })
    await undoAll(journal, registry, machine, {
      context: () => ({ machine, log: () => {}, progress: () => {} }),
      input: () => undefined,
      state: () => {},
      failed: (_, error) => {
        throw error
      },
    })
    expect(said).toEqual([
      'undo user',
      'undo service',
      'undo file',
      'undo pool',
      'settle service',
      'settle pool',
      'settle user',
    ])
    expect(journal.undoEntries()).toEqual([])
  }))

it('settles once more what was settled while something was not back', () =>
  inFolder(async (folder, machine) => {
    let changedSince = true
    const undo = async () => {
      if (changedSince) throw new Error('Changed by somebody else.')
      return ''
    }
    const registry = stepRegistry([kind('file', { undo }), kind('service', settling('service'))])
    const journal = await Journal.create(machine, folder, {
      type: 'run',
      id: 'r1',
      title: 'Test',
      practice: false,
      at: '2026-11-21T20:00:00.000Z',
      answers: {},
      steps: ['file', 'service'].map((id) => ({ id, title: id, group: 'files' })),
    })
    for (const name of ['file', 'service'])
      await journal.add({ type: 'undo', step: name, kind: name, record: {} })
    const takeBack = async () => {
      said.length = 0
      await undoAll(journal, registry, machine, {
        context: () => ({ machine, log: () => {}, progress: () => {} }),
        input: () => undefined,
        state: () => {},
        failed: () => {},
      })
      return said
    }
    // The service runs again, with a file that is not its former one.
    expect(await takeBack()).toEqual(['undo service', 'settle service'])
    expect(journal.undoEntries().map(({ step }) => step)).toEqual(['service', 'file'])
    changedSince = false
    expect(await takeBack()).toEqual(['undo service', 'settle service'])
    expect(journal.undoEntries()).toEqual([])
  }))

it('gets the input of its step where the plan is at hand, and none where only the journal is left', () =>
  inFolder(async (folder, machine) => {
    const inputs: unknown[] = []
    const step: Step<string, object> = {
      kind: 'login',
      inspect: async () => ({ state: 'absent', evidence: [] }),
      preview: () => ({ detail: '' }),
      async apply(_, { willUndo }) {
        await willUndo({ name: 'service' })
        return 'Made.'
      },
      verify: async () => 'It is there.',
      undo: async (_record, _context, input) => {
        inputs.push(input)
        throw new Error('Kept for the next try.')
      },
    }
    const plan = planOf([planned(step, { id: 'login', title: 'Login', group: 'database' }, 'administrator')])
    const { run, journal } = await startRun(machine, folder, new World(), [], {
      steps: plan.steps,
      registry: [step],
    })
    expect(await run.go()).toBe('done')
    expect(await run.rollBack()).toBe('undo-failed')
    const left = planOf(plan.steps.map((each) => ({ ...each, kind: '', input: undefined })))
    const later = await startRun(machine, folder, new World(), [], {
      steps: left.steps,
      registry: [step],
      journal: await Journal.open(machine, journal.folder),
    })
    await later.run.rollBack()
    expect(inputs).toEqual(['administrator', undefined])
    expect(JSON.stringify(journal.lines)).not.toContain('administrator')
  }))
