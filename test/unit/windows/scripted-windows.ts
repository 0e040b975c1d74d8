import { basename } from 'node:path'
import iconv from 'iconv-lite'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { Command, Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'

/** What a tool does when it is called. */
export interface Answer {
  readonly code?: number
  readonly out?: string | Uint8Array
  readonly err?: string
  /** iconv's name of the page that texts are written in; default UTF-8. */
  readonly page?: string
  /** Rejects instead, as the machine does for a tool that is missing or does not end. */
  readonly rejects?: 'process.not-found' | 'process.timeout'
  /** What the tool changes. */
  readonly does?: (command: Command) => Promise<void> | void
}

export interface ScriptedWindows {
  readonly machine: Machine
  /** Each call so far: the tool and its arguments, separated by ` | `. */
  readonly calls: readonly string[]
}

/**
 * A Windows whose tools answer as they are told, in bytes. A call is named by the tool and its exact arguments,
 * separated by ` | `; several answers are given one after the other, the last one for ever. A call that is not
 * in the script fails the test.
 */
export function scriptedWindows(
  script: Readonly<Record<string, Answer | readonly Answer[]>>,
  windows = 'C:\\Windows',
): ScriptedWindows {
  const calls: string[] = []
  const asked = new Map<string, number>()
  let now = 0
  const real = realMachine()
  const run = async (command: Command) => {
    const tool = basename(command.command.replaceAll('\\', '/')).toLowerCase().replace('.exe', '')
    const call = [tool, ...command.args].join(' | ')
    calls.push(call)
    const found = script[call]
    if (found === undefined) throw new Error(`not in the script: ${call}`)
    const answers = Array.isArray(found) ? (found as readonly Answer[]) : [found as Answer]
    const time = asked.get(call) ?? 0
    asked.set(call, time + 1)
    return give(answers[Math.min(time, answers.length - 1)]!, command)
  }
  return {
    calls,
    machine: {
      ...real,
      windows: {
        windows,
        programFiles: 'C:\\Program Files',
        programFilesX86: 'C:\\Program Files (x86)',
      },
      processes: { ...real.processes, run },
      clock: {
        ...real.clock,
        monotonic: () => now,
        sleep: async (ms) => {
          now += ms
        },
      },
    },
  }
}

async function give(answer: Answer, command: Command) {
  await answer.does?.(command)
  if (answer.rejects !== undefined)
    throw new SetupError({ code: answer.rejects, what: 'It did not run.', next: 'Read the script.' })
  const { decode = (bytes: Uint8Array) => Buffer.from(bytes).toString() } = command
  const bytes = (text: string | Uint8Array = '') =>
    typeof text === 'string' ? iconv.encode(text, answer.page ?? 'utf8') : text
  return { exitCode: answer.code ?? 0, stdout: decode(bytes(answer.out)), stderr: decode(bytes(answer.err)) }
}

/** Windows in three languages: the code page of its consoles, and how `reg` tells it. */
export const LANGUAGES = [
  { language: 'English', page: 'cp437' },
  { language: 'German', page: 'cp850' },
  { language: 'Russian', page: 'cp866' },
] as const

/** The call in which the code page is asked for, and its answer. */
export function codePage(page: string): Record<string, Answer> {
  const key = String.raw`SYSTEM\CurrentControlSet\Control\Nls\CodePage`
  return {
    [`reg | query | HKLM\\${key} | /v | OEMCP | /reg:64`]: {
      out: `\r\nHKEY_LOCAL_MACHINE\\${key}\r\n    OEMCP    REG_SZ    ${page.slice(2)}\r\n\r\n`,
    },
  }
}
