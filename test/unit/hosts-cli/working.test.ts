import { expect, it } from 'vitest'
import { whileWorking } from '../../../electron/hosts/cli/certificate/working.ts'
import { Output } from '../../../electron/hosts/cli/output.ts'

function terminal() {
  const told = { text: '' }
  const output = new Output({ write: () => true }, { write: (text) => (told.text += text), isTTY: true })
  return { told, output }
}

const listeners = () => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM')

it('gives back what the work does, and listens to nothing afterwards', async () => {
  const { told, output } = terminal()
  const before = listeners()
  expect(await whileWorking({ output }, 'Working', async () => 7)).toBe(7)
  expect(told.text).not.toContain('Working')
  expect(listeners()).toBe(before)
})

it.each(['SIGINT', 'SIGTERM'] as const)('ends the work by %s', async (signal) => {
  const { output } = terminal()
  const before = listeners()
  const work = whileWorking(
    { output },
    'Working',
    (aborted) =>
      new Promise((_, reject) => {
        aborted.addEventListener('abort', () => reject(aborted.reason))
        process.emit(signal, signal)
      }),
  )
  await expect(work).rejects.toMatchObject({
    problem: { code: 'certificate.cancelled', untouched: 'Nothing was written.' },
  })
  expect(listeners()).toBe(before)
})

it('says what goes on once that takes long, and takes the line away', async () => {
  const { told, output } = terminal()
  await whileWorking(
    { output },
    'Making a key',
    () =>
      new Promise<void>((resolve) => {
        const looking = setInterval(() => {
          if (!told.text.includes('Making a key (0 s, Ctrl+C cancels)')) return
          clearInterval(looking)
          resolve()
        }, 10)
      }),
  )
  expect(told.text.endsWith('\r\u001B[K')).toBe(true)
})
