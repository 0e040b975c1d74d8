import { SetupError } from '../../electron/contract/problem.ts'
import type { Machine } from '../../electron/machine/machine.ts'

/** Which effect goes wrong, and in what way. */
export interface Fault {
  /** 1 is the first effect. */
  readonly at: number
  /** `fail`: the call rejects and the program lives on. `kill`: it rejects and no later effect happens. */
  readonly how: 'fail' | 'kill'
  /** `before` (default): the effect does not happen. `after`: it happens, and the caller does not learn of it. */
  readonly when?: 'before' | 'after'
}

/** Thrown by a `kill` and by every effect after it: what a process that was ended would never see. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

export interface FaultyMachine {
  readonly machine: Machine
  /** What was asked for so far, such as `write /folder/appsettings.json` or `run docker build`. */
  readonly effects: readonly string[]
}

/**
 * A machine that works on another one and lets one effect fail: each write, rename, removal, command and start
 * of a process counts; reading does not. Leave `fault` out to count the effects of a run without failing any.
 */
export function faultyMachine(machine: Machine, fault?: Fault): FaultyMachine {
  const effects: string[] = []
  let killed = false

  async function effect<T>(name: string, happen: () => Promise<T>): Promise<T> {
    if (killed) throw new Killed(`the process was ended before: ${name}`)
    effects.push(name)
    if (fault?.at !== effects.length) return happen()
    if (fault.when === 'after') await happen()
    killed = fault.how === 'kill'
    throw killed
      ? new Killed(`the process was ended at: ${name}`)
      : new SetupError({
          code: 'double.made-to-fail',
          what: `Made to fail: ${name}.`,
          next: 'Read the test that asked for this.',
        })
  }

  const { files, processes } = machine
  return {
    effects,
    machine: {
      ...machine,
      files: {
        ...files,
        makeFolder: (path, options) => effect(`makeFolder ${path}`, () => files.makeFolder(path, options)),
        write: (path, bytes, options) => effect(`write ${path}`, () => files.write(path, bytes, options)),
        writeStream: (path, source, options) =>
          effect(`writeStream ${path}`, () => files.writeStream(path, source, options)),
        append: (path, text, options) => effect(`append ${path}`, () => files.append(path, text, options)),
        copy: (from, to, options) => effect(`copy ${to}`, () => files.copy(from, to, options)),
        rename: (from, to) => effect(`rename ${from} ${to}`, () => files.rename(from, to)),
        remove: (path) => effect(`remove ${path}`, () => files.remove(path)),
        removeFolder: (path) => effect(`removeFolder ${path}`, () => files.removeFolder(path)),
      },
      processes: {
        ...processes,
        run: (command) =>
          effect(`run ${command.command} ${command.args[0] ?? ''}`, () => processes.run(command)),
        startScript: (script, args, logFile) =>
          effect(`startScript ${script}`, () => processes.startScript(script, args, logFile)),
        end: (pid) => effect(`end ${pid}`, () => processes.end(pid)),
      },
    },
  }
}
