import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createReplies } from '../../../electron/hosts/browser/replies.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A call that counts how often it is carried out. */
function counted() {
  let times = 0
  return {
    call: () => Promise.resolve({ ok: true as const, value: (times += 1) as never }),
    times: () => times,
  }
}

describe('replies that a page missed', () => {
  it('are handed out again under their ID, while the call runs and after it', async () => {
    const { call, times } = counted()
    const replies = createReplies()
    const id = randomUUID()
    const [first, meanwhile] = await Promise.all([replies.to(id, call), replies.to(id, call)])
    expect(meanwhile).toBe(first)
    expect(await replies.to(id, call)).toBe(first)
    expect(times()).toBe(1)
  })

  it('are another call’s under another ID', async () => {
    const { call, times } = counted()
    const replies = createReplies()
    await replies.to(randomUUID(), call)
    await replies.to(randomUUID(), call)
    expect(times()).toBe(2)
  })

  it('are forgotten ten seconds after the call ended, for they may hold a secret', async () => {
    const { call, times } = counted()
    const replies = createReplies()
    const id = randomUUID()
    await replies.to(id, call)
    await vi.advanceTimersByTimeAsync(9_999)
    await replies.to(id, call)
    expect(times()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    await replies.to(id, call)
    expect(times()).toBe(2)
  })

  it.each([undefined, '', 'x', `${'a'.repeat(36)}b`])('are not kept under %j', async (id) => {
    const { call, times } = counted()
    const replies = createReplies()
    await replies.to(id, call)
    await replies.to(id, call)
    expect(times()).toBe(2)
  })
})
