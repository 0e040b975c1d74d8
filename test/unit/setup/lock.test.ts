import { expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { lockRuns } from '../../../electron/setup/lock.ts'
import { memoryMachine } from './memory-machine.ts'

const file = '/state/running.json'
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'locked',
    (error: unknown) => problemOf(error).code,
  )

it('is held by one process until it is given back', async () => {
  const { machine, files } = memoryMachine([7])
  const release = await lockRuns(machine, '/state', 7)
  expect(JSON.parse(files.get(file)!)).toEqual({ pid: 7 })
  expect(await codeOf(lockRuns(machine, '/state', 8))).toBe('run.busy')
  await release()
  expect(await codeOf(lockRuns(machine, '/state', 8))).toBe('locked')
})

it.each(['{"pid":9}', '', 'garbage', '{"pid":"9"}'])(
  'that a crash left behind is taken over: %j',
  async (left) => {
    const { machine, files } = memoryMachine([7])
    files.set(file, left)
    expect(await codeOf(lockRuns(machine, '/state', 7))).toBe('locked')
    expect(JSON.parse(files.get(file)!)).toEqual({ pid: 7 })
  },
)

it('goes to one of two that come at the same moment', async () => {
  const { machine } = memoryMachine([7, 8])
  const both = await Promise.all([
    codeOf(lockRuns(machine, '/state', 7)),
    codeOf(lockRuns(machine, '/state', 8)),
  ])
  expect(both.toSorted()).toEqual(['locked', 'run.busy'])
})
