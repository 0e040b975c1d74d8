import { beforeEach, describe, expect, it } from 'vitest'
import type { CallName, Outputs, Reply } from '../../../electron/contract/calls.ts'
import type { Problem } from '../../../electron/contract/problem.ts'
import { latestConnection } from '../../../renderer/pages/database-printed.ts'
import { inTurn } from '../../../renderer/pending.ts'
import { useCertificate } from '../../../renderer/store/certificate.ts'
import { useClientChange } from '../../../renderer/store/client-change.ts'
import { useClient } from '../../../renderer/store/client.ts'
import { useContainer } from '../../../renderer/store/container.ts'
import { useDatabase } from '../../../renderer/store/database.ts'
import { useFiles } from '../../../renderer/store/files.ts'
import { useMachine } from '../../../renderer/store/machine.ts'
import { useReview } from '../../../renderer/store/review.ts'
import { currentDraft, fillSlices, resetSlices } from '../../../renderer/store/slices.ts'
import { useWebsite } from '../../../renderer/store/website.ts'
import { connection } from '../../doubles/back-end/sample-database.ts'
import { answers, sampleReplies, service } from '../../doubles/back-end/samples.ts'

// Replies come in any order, and late: over a browser's several connections, from calls that take unlike long.

interface Question {
  readonly name: CallName
  reply(value: unknown): Promise<void>
  refuse(problem: Problem): Promise<void>
}

/** What was asked and is not answered yet. */
let questions: Question[] = []
globalThis.setup = {
  call: (name) =>
    new Promise((resolve) => {
      const answer = (reply: unknown) => {
        resolve(reply as Reply<typeof name>)
        return settledSoon()
      }
      questions.push({
        name,
        reply: (value) => answer({ ok: true, value }),
        refuse: (problem) => answer({ ok: false, problem }),
      })
    }),
  onEvent: () => () => undefined,
}

/** What the back end says to a call in the samples. */
async function sample<K extends CallName>(name: K): Promise<Outputs[K]> {
  const say = sampleReplies[name] as (input: unknown, emit: () => void) => Outputs[K] | Promise<Outputs[K]>
  return await say({}, () => undefined)
}

/** Lets everything run that waits for a reply which has come. */
const settledSoon = () => new Promise<void>((resolve) => setTimeout(resolve))

/** The questions of one kind, in the order in which they were asked. */
const of = (name: CallName): readonly Question[] => questions.filter((question) => question.name === name)

beforeEach(() => {
  questions = []
  resetSlices()
})

describe('the latest question counts, in whatever order the replies come', () => {
  it('for a connection string that is read', async () => {
    const { read } = useDatabase.getState()
    void read('first')
    void read('second')
    const [first, second] = of('database.parse')
    await second!.reply({ ...connection, text: 'second', connectionString: 'vault:second' })
    await first!.reply({ ...connection, text: 'first', connectionString: 'vault:first' })
    expect(useDatabase.getState()).toMatchObject({
      parsed: { text: 'second' },
      connectionString: { ref: 'vault:second' },
    })
  })

  it('for the connection string that typed values make', async () => {
    const { print } = useDatabase.getState()
    void print({ database: 'before' })
    void print({ database: 'now' })
    const [before, now] = of('database.print')
    await now!.reply(connection)
    await before!.reply(connection)
    expect(useDatabase.getState().printed?.of).toBe('"now"')
  })

  it('for a plan', async () => {
    const { make } = useReview.getState()
    const made = await sample('plan.make')
    const plan = 'plan' in made ? made.plan : undefined
    void make({})
    void make({})
    const [before, now] = of('plan.make')
    await before!.reply({ plan: { ...plan, id: 'before' } })
    expect(useReview.getState()).toMatchObject({ plan: undefined, making: true })
    await now!.reply({ plan: { ...plan, id: 'now' } })
    expect(useReview.getState()).toMatchObject({ plan: { id: 'now' }, making: false })
  })

  it('for this machine, the remarks about a container, and what a certificate can be', async () => {
    void useMachine.getState().look()
    void useMachine.getState().look()
    const [before, now] = of('machine.look')
    const machine = await sample('machine.look')
    await now!.reply({ ...machine, server: 'now' })
    await before!.reply({ ...machine, server: 'before' })
    expect(useMachine.getState()).toMatchObject({ view: { server: 'now' }, looking: false })

    void useContainer.getState().check({})
    void useContainer.getState().check({})
    const [checked, checkedAgain] = of('container.check')
    await checkedAgain!.reply([])
    await checked!.reply([{ field: 'container.name', level: 'error', text: 'Taken.' }])
    expect(useContainer.getState().notes).toEqual([])

    void useCertificate.getState().findOptions({})
    void useCertificate.getState().findOptions({})
    const [found, foundAgain] = of('certificate.options')
    const options = await sample('certificate.options')
    await foundAgain!.reply({ ...options, requests: [] })
    await found!.reply(options)
    expect(useCertificate.getState().options?.requests).toEqual([])
  })

  it.each([
    ['a new client', useClient],
    ['a changed one', useClientChange],
  ])('for what is said about the secret and about the other values of %s', async (_of, store) => {
    const { check } = store.getState()
    const note = (field: string, text: string) => ({ field, level: 'warning', text })
    const said = () => store.getState().notes.map(({ text }) => text)
    store.getState().change({ id: 'Kq3Wd8ZpT6mYb5Xc', name: 'Creatio' })
    void check('typed')
    void check()
    const [typed, left] = of('client.check')
    await left!.reply([note('client.name', 'now')])
    await typed!.reply([note('client.name', 'before'), note('client.secret', 'weak')])
    expect(said()).toEqual(['now', 'weak'])
  })
})

describe('what was typed in the meantime stays', () => {
  it('an ID, when generated values come', async () => {
    void useClient.getState().generate('both', true)
    await settledSoon()
    useClient.getState().change({ id: 'Kq3Wd8ZpT6mYb5Xc' })
    await of('client.generate')[0]!.reply({ id: 'generated', secret: 'vault:client.secret' })
    expect(useClient.getState()).toMatchObject({
      id: 'Kq3Wd8ZpT6mYb5Xc',
      secret: { ref: 'vault:client.secret' },
    })
  })

  it('a target that was emptied, when one is suggested', async () => {
    useFiles.setState({ source: service.source, target: '/srv/suggested' })
    void useFiles.getState().lookAtSource()
    useFiles.getState().setTarget('')
    await of('service.look')[0]!.reply(service)
    expect(useFiles.getState().target).toBe('')
  })

  it('a secret, which is put away only after the one that was generated before', async () => {
    void useClient.getState().generate('secret')
    void inTurn('client.secret', () =>
      Promise.resolve(useClient.getState().change({ secret: { ref: 'typed' } })),
    )
    await settledSoon()
    expect(useClient.getState().secret.ref).toBe('')
    await of('client.generate')[0]!.reply(await sample('client.generate'))
    expect(useClient.getState().secret.ref).toBe('typed')
  })
})

describe('a look that is given up', () => {
  it('is not said to go on', async () => {
    useFiles.getState().setSource('/slow.zip')
    void useFiles.getState().lookAtSource()
    useFiles.getState().setSource('')
    expect(useFiles.getState().lookingAtSource).toBe(false)
    await of('service.look')[0]!.reply(service)
    expect(useFiles.getState()).toMatchObject({ lookingAtSource: false, service: undefined })
  })

  it('at one place does not end the look at another', async () => {
    useFiles.setState({ source: service.source, creatioFolder: '/srv/creatio' })
    void useFiles.getState().lookAtSource()
    void useFiles.getState().lookAtCreatio()
    await of('creatio.look')[0]!.reply(await sample('creatio.look'))
    expect(useFiles.getState()).toMatchObject({ lookingAtSource: true, lookingAtCreatio: false })
  })
})

describe('a reply to a setup that was given up', () => {
  it('leaves the pages of the next one empty', async () => {
    void useWebsite.getState().look({})
    void useClient.getState().generate('both', true)
    void useContainer.getState().suggestPorts()
    await settledSoon()
    resetSlices()
    for (const question of questions) await question.reply(await sample(question.name))
    expect(useWebsite.getState()).toMatchObject({ site: '', httpPort: '', view: undefined })
    expect(useClient.getState()).toMatchObject({ id: '', secret: { ref: '' } })
    expect(useContainer.getState().httpPort).toBe('')
  })

  it('is not its plan', async () => {
    void useReview.getState().make({})
    fillSlices(answers)
    await of('plan.make')[0]!.reply(await sample('plan.make'))
    expect(useReview.getState()).toMatchObject({ plan: undefined, making: false })
  })
})

describe('from one view of a connection to another', () => {
  it('takes a text along that is still being read', async () => {
    useDatabase.getState().editAsText(connection)
    void useDatabase.getState().read(`${connection.text};Timeout=7`)
    const latest = latestConnection(connection)
    await of('database.parse')[0]!.reply({ ...connection, options: 'Timeout=7' })
    expect(await latest).toMatchObject({ options: 'Timeout=7' })
  })

  it('stays where the text cannot be read, and where another view was chosen', async () => {
    useDatabase.getState().editAsText(connection)
    void useDatabase.getState().read('Host=')
    const unread = latestConnection(connection)
    await of('database.parse')[0]!.refuse({ code: 'connection.text', what: 'No value.', next: 'Type one.' })
    expect(await unread).toBeUndefined()
    const gone = latestConnection(connection)
    useDatabase.getState().change({ way: 'practice' })
    expect(await gone).toBeUndefined()
  })

  it('does not wait for a test that is under way', async () => {
    useDatabase.getState().editAsText(connection)
    void useDatabase.getState().runTest(currentDraft())
    expect(await latestConnection(connection)).toMatchObject({ text: connection.text })
  })
})
