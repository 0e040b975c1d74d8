import { text } from 'node:stream/consumers'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { Machine } from '../../../electron/machine/machine.ts'

/** A machine whose files are kept in memory and whose time passes by one second a look. */
export function memoryMachine(alive: readonly number[] = []) {
  const files = new Map<string, string>()
  let seconds = 0
  let random = 0
  const machine = {
    platform: 'linux',
    files: {
      read: async (path: string) => (files.has(path) ? Buffer.from(files.get(path)!) : undefined),
      info: async (path: string) => (files.has(path) ? { kind: 'file', size: 0, mode: 0 } : undefined),
      list: async (folder: string) => {
        const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`))
        return [...new Set(below.map((path) => path.slice(folder.length + 1).split('/')[0]!))].toSorted()
      },
      makeFolder: async () => undefined,
      write: async (path: string, bytes: Uint8Array | string) =>
        void files.set(path, Buffer.from(bytes as string).toString()),
      writeStream: async (path: string, source: NodeJS.ReadableStream) => {
        if (files.has(path))
          throw new SetupError({ code: 'file.exists', what: 'There already.', next: 'Move it.' })
        files.set(path, '')
        files.set(path, await text(source))
        return 0
      },
      append: async (path: string, added: string) => {
        // Long texts take longer, as on a disk: whoever does not wait writes out of order.
        for (let turn = 0; turn < added.length / 50; turn++) await Promise.resolve()
        files.set(path, (files.get(path) ?? '') + added)
      },
      remove: async (path: string) => void files.delete(path),
      rename: async (from: string, to: string) => {
        const moved = files.get(from)
        if (moved === undefined)
          throw new SetupError({ code: 'file.missing', what: 'Not there.', next: 'Look for it.' })
        files.delete(from)
        files.set(to, moved)
      },
    },
    processes: { alive: (pid: number) => alive.includes(pid) },
    clock: {
      now: () => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds++)),
      monotonic: () => seconds * 1000,
      sleep: async () => {
        for (let turn = 0; turn < 20; turn++) await Promise.resolve()
      },
    },
    random: { bytes: (length: number) => Uint8Array.from({ length }, (_, index) => index + random++) },
  }
  return { machine: machine as unknown as Machine, files }
}
