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

it('goes to one of two that take over what a crash left behind', async () => {
  const { machine, files } = memoryMachine([7, 8])
  files.set(file, '{"pid":9}')
  const both = await Promise.all([
    codeOf(lockRuns(machine, '/state', 7)),
    codeOf(lockRuns(machine, '/state', 8)),
  ])
  expect(both.toSorted()).toEqual(['locked', 'run.busy'])
  expect([...files.keys()]).toEqual([file])
})

it('of a process that lives goes back when it was taken for the one that a crash left behind', async () => {
  const { machine, files } = memoryMachine([7, 8])
  files.set(file, '{"pid":9}')
  const { rename } = machine.files
  let lateness = async () => void files.set(file, '{"pid":7}')
  const late = {
    ...machine,
    files: {
      ...machine.files,
      rename: async (from: string, to: string) => {
        await lateness()
        lateness = async () => {}
        return rename(from, to)
      },
    },
  }
  expect(await codeOf(lockRuns(late, '/state', 8))).toBe('run.busy')
  expect([...files]).toEqual([[file, '{"pid":7}']])
})

it('that is just being written by another process is its own', async () => {
  const { machine, files } = memoryMachine([7])
  files.set(file, '')
  const second = codeOf(lockRuns(machine, '/state', 8))
  files.set(file, '{"pid":7}')
  expect(await second).toBe('run.busy')
})

it('goes to one of two that come at the same moment', async () => {
  const { machine } = memoryMachine([7, 8])
  const both = await Promise.all([
    codeOf(lockRuns(machine, '/state', 7)),
    codeOf(lockRuns(machine, '/state', 8)),
  ])
  expect(both.toSorted()).toEqual(['locked', 'run.busy'])
})
