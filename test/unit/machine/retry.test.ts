import { expect, it } from 'vitest'
import { whileHeld } from '../../../electron/machine/retry.ts'

function failing(times: number, code: string) {
  let tries = 0
  const operation = async () => {
    if (++tries <= times) throw Object.assign(new Error(code), { code })
    return 'done'
  }
  return { operation, tries: () => tries }
}

it.each(['EPERM', 'EACCES', 'EBUSY'])('waits while %s', async (code) => {
  const { operation, tries } = failing(2, code)
  expect(await whileHeld(operation, [0, 0, 0])).toBe('done')
  expect(tries()).toBe(3)
})

it('gives up after the last pause', async () => {
  const { operation, tries } = failing(9, 'EBUSY')
  await expect(whileHeld(operation, [0, 0])).rejects.toMatchObject({ code: 'EBUSY' })
  expect(tries()).toBe(3)
})

it('does not repeat what will not pass', async () => {
  const { operation, tries } = failing(1, 'ENOSPC')
  await expect(whileHeld(operation, [0, 0])).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(tries()).toBe(1)
})
