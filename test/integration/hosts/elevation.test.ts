import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { RunView } from '../../../electron/contract/run.ts'
import { until, WizardWithoutRights } from './wizard-without-rights.ts'

let wizard: WizardWithoutRights

beforeEach(async () => {
  wizard = await WizardWithoutRights.start()
})

afterEach(() => wizard.end())

const states = (run: RunView) => new Set(run.steps.map(({ state }) => state))
const code = (thrown: unknown) => (thrown as { problem?: { code: string } }).problem?.code

describe('without administrator rights', { timeout: 120_000 }, () => {
  test('a worker installs, proves and takes back, with one prompt, and no secret leaves it', async () => {
    const answers = await wizard.answers()
    const plan = await wizard.plan(answers)
    expect(plan.elevation).toBe('asked')
    await wizard.handlers['run.start']({ plan: plan.id })
    const worker = await wizard.worker()
    await wizard.refusePrompt()
    const run = await wizard.ended()
    expect(run.failure).toBeUndefined()
    expect(run.status).toBe('done')
    // web.config is as wanted when it comes from the archive.
    expect(states(run)).toEqual(new Set(['done', 'as-wanted']))

    const proof = await wizard.handlers['proof.start']({ operation: 'proof' })
    expect(proof.filter(({ status }) => status === 'failed')).toEqual([])
    expect(proof.length).toBeGreaterThan(3)

    const [installed] = (await wizard.handlers['machine.look']({})).installations
    const checked = await wizard.handlers['installation.check']({
      operation: 'check',
      installation: installed!.id,
    })
    expect(checked.map(({ id, status }) => [id, status])).toEqual(proof.map(({ id, status }) => [id, status]))

    const { value: secret } = await wizard.handlers['secret.reveal']({ ref: 'vault:client.secret' })
    const settings = await readFile(join(answers.service.target, 'appsettings.json'), 'utf8')
    expect(settings).toContain(secret)
    const password = /Password=([^;"]+)/i.exec(settings)![1]!
    for (const told of [
      worker.args.join(' '),
      worker.environment,
      JSON.stringify(wizard.events),
      ...(await wizard.journals()),
    ]) {
      expect(told.includes(secret)).toBe(false)
      expect(told.includes(password)).toBe(false)
    }
    expect((await wizard.journals()).length).toBe(1)

    await wizard.handlers['run.rollback']({})
    const back = await wizard.ended()
    expect(back.undoFailures).toEqual([])
    expect(back.status).toBe('undone')
    await expect(readFile(join(answers.service.target, 'appsettings.json'))).rejects.toThrow('ENOENT')
    // One process did all of it, and it ends with the window.
    expect((await wizard.worker()).pid).toBe(worker.pid)
    await wizard.reopen()
    await until(async () => (await wizard.workers()).length === 0)
  })

  test('a refused prompt leaves everything as it is, and says so', async () => {
    const plan = await wizard.plan(await wizard.answers())
    await wizard.refusePrompt()
    const before = await wizard.server((state) => structuredClone(state.iis))
    const refused = await wizard.run(plan).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      problem: { code: 'elevation.refused', untouched: 'Nothing was changed.' },
    })
    expect(await wizard.server((state) => structuredClone(state.iis))).toEqual(before)
    expect(await wizard.journals()).toEqual([])
    expect(await wizard.handlers['run.look']({})).toBeNull()
    // Asked again, and answered with yes.
    expect(await wizard.run(plan)).toMatchObject({ status: 'done' })
  })

  test('another plan than the approved one is not run; reviewed, it is, without a second prompt', async () => {
    const answers = await wizard.answers()
    // A Creatio of its own: the practice run's is written anew with every start.
    const folder = join(wizard.stateFolder, 'creatio')
    await cp(answers.creatio!.folder, folder, { recursive: true })
    const draft = { ...answers, creatio: { folder } }
    const plan = await wizard.plan(draft)
    const config = join(folder, 'ConnectionStrings.config')
    // Somebody points Creatio at another database between the review and the click.
    const text = await readFile(config, 'utf8')
    await writeFile(config, text.replace(/Database=[^;"]+/i, 'Database=other'))
    expect(await wizard.run(plan).catch(code)).toBe('elevation.plan-changed')
    const { pid } = await wizard.worker()
    expect(await wizard.journals()).toEqual([])
    // Insisting does not help, and asks nobody.
    expect(await wizard.run(plan).catch(code)).toBe('elevation.plan-changed')

    await writeFile(config, text)
    await wizard.refusePrompt()
    const again = await wizard.plan(draft)
    expect(again.elevation).toBe('present')
    expect(again.steps.map(({ found }) => found)).not.toContain('unknown')
    expect(await wizard.run(again)).toMatchObject({ status: 'done' })
    expect((await wizard.worker()).pid).toBe(pid)
  })

  test('a worker that is killed leaves its journal; another one takes it back', async () => {
    const answers = await wizard.answers()
    const plan = await wizard.plan(answers)
    await wizard.handlers['run.start']({ plan: plan.id })
    const { pid } = await wizard.worker()
    await until(async () => wizard.stepIs('write-settings', 'done'))
    process.kill(pid, 'SIGKILL')
    const run = await wizard.ended()
    expect(run).toMatchObject({ status: 'failed', failure: { problem: { code: 'elevation.worker-lost' } } })
    expect(await wizard.journals()).toHaveLength(1)
    expect(await readFile(join(answers.service.target, 'appsettings.json'))).toBeTruthy()

    await wizard.handlers['run.rollback']({})
    const back = await wizard.ended()
    expect(back.undoFailures).toEqual([])
    expect(back.status).toBe('undone')
    await expect(readFile(join(answers.service.target, 'appsettings.json'))).rejects.toThrow('ENOENT')
    expect(await wizard.server(({ iis }) => JSON.stringify(iis).includes(answers.website!.site))).toBe(false)
  })

  test('a window that is closed ends its worker after the current step; the next window takes it back', async () => {
    const answers = await wizard.answers()
    const plan = await wizard.plan(answers)
    await wizard.handlers['run.start']({ plan: plan.id })
    await wizard.worker()
    await until(async () => wizard.stepIs('write-settings', 'running'))
    await wizard.reopen()
    await until(async () => (await wizard.workers()).length === 0)
    const { interrupted } = await wizard.handlers['machine.look']({})
    expect(interrupted).toHaveLength(1)
    expect(interrupted[0]!.doneSteps).toBeLessThan(interrupted[0]!.allSteps)
    await wizard.handlers['interrupted.rollback']({ id: interrupted[0]!.id })
    const back = await wizard.ended()
    expect(back.undoFailures).toEqual([])
    expect(back.status).toBe('undone')
    await expect(readFile(join(answers.service.target, 'appsettings.json'))).rejects.toThrow('ENOENT')
  })

  test('a fix from the prerequisites and the installation after it share one worker', async () => {
    await wizard.end()
    wizard = await WizardWithoutRights.start({ withoutFeatures: ['IIS-StaticContent'] })
    const answers = await wizard.answers()
    const task = { task: 'enable-iis-features' } as const
    const fixed = await wizard.handlers['task.run']({ operation: 'fix', task, practice: true })
    expect(fixed.failure).toBeUndefined()
    expect(fixed.status).toBe('done')
    const { pid } = await wizard.worker()
    await wizard.refusePrompt()
    // What the worker was started for was the fix: this plan is its own, reviewed before it is run.
    const plan = await wizard.plan(answers)
    expect(plan.elevation).toBe('present')
    const run = await wizard.run(plan)
    expect(run.failure).toBeUndefined()
    expect(run.status).toBe('done')
    expect((await wizard.worker()).pid).toBe(pid)
  })
})
