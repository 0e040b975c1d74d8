import { basename, dirname, isAbsolute, join, relative } from 'node:path'
import type { Command, CommandResult, Files, Machine } from '../../machine/machine.ts'
import { asResult, notFound, readStdin, within } from './answering.ts'
import { layDemonstration } from './demonstration.ts'
import { foldersOf, layDrive } from './drive.ts'
import { ELEVATED_VARIABLE } from './elevated-process.ts'
import { faultyAnswer, takeFault } from './faults.ts'
import { initialState } from './initial-state.ts'
import type { PracticeWindowsOptions } from './options.ts'
import { type Protection, protection } from './protect.ts'
import { settleSites, siteProcessesEnded } from './serving.ts'
import type { ServerState } from './state.ts'
import { type Store, stateStore } from './store.ts'
import type { SimulatedTool, ToolAnswer } from './tool.ts'
import { toolNamed } from './tools.ts'
import { forgetGoneFiles } from './tools/acl-store.ts'
import { autoStart } from './websites.ts'

/** Installers of the hosting bundle; the one program that is simulated wherever its file lies. */
const BUNDLE = /^dotnet-hosting-.+-win$/

/** A server while a process works on it. */
interface Running {
  readonly store: Store
  readonly protect: Protection
}

/**
 * The machine of a practice run: the real one, with a simulated Windows Server in a folder. Programs below its drive
 * are answered by the simulation; files, the network and every other command are real.
 * @param folder holds the drive and the state, and outlives this program
 */
export function practiceWindows(
  real: Machine,
  folder: string,
  options: PracticeWindowsOptions = {},
): Machine {
  const windows = foldersOf(folder)
  let preparing: Promise<Running> | undefined
  const prepared = () => (preparing ??= prepare(real, folder, options))

  async function run(command: Command): Promise<CommandResult> {
    const name = nameOf(command.command)
    if (!isBelow(command.command, join(folder, 'drive')) && !BUNDLE.test(name))
      return real.processes.run(command)
    const running = await prepared()
    const tool = toolNamed(BUNDLE.test(name) ? 'dotnet-hosting' : name)
    if (tool === undefined || !(await isThere(real.files, command.command))) throw notFound(command.command)
    return within(command, async () => asResult(await call(command, name, tool, running), command))
  }

  async function call(
    command: Command,
    name: string,
    tool: SimulatedTool,
    running: Running,
  ): Promise<ToolAnswer> {
    const { args } = command
    const stdin = await readStdin(command.stdin)
    const work = await running.store.change(async (state) => {
      const before = structuredClone(state)
      const fault = takeFault(state, name, args)
      if (fault?.kind === 'hang' || (fault?.kind === 'exit' && !fault.afterWork))
        return { fault, before, state, right: NOTHING }
      const server = { state, real, folder, windows, ...running.protect }
      await forgetGoneFiles(state)
      // The token belongs to this process, not to the server that all of them share.
      const { token } = state
      if (process.env[ELEVATED_VARIABLE] === '1') state.token = { ...token, elevated: true }
      const right = await tool({ program: command.command, args, stdin }, server)
      state.token = token
      autoStart(before, state)
      return { fault, before, state, right }
    })
    const { fault, before, state, right } = work
    if (fault?.kind === 'hang') return new Promise<never>(() => undefined)
    if (options.siteScript !== undefined) await settleSites(real, folder, options.siteScript, before, state)
    if (fault?.kind === 'late') await new Promise((resolve) => setTimeout(resolve, fault.ms))
    return fault === undefined ? right : faultyAnswer(fault, right, state)
  }

  return {
    ...real,
    windows,
    files: after(prepared, real.files),
    processes: { ...real.processes, run },
  }
}

const NOTHING: ToolAnswer = { code: 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) }

/** Ends the processes that serve the sites of a simulated server; its state stays, and its sites start with it again. */
export async function stopPracticeSites(real: Machine, folder: string): Promise<void> {
  const { state, aside } = filesIn(folder)
  if (!(await real.files.info(state))) return
  await practiceState(real, folder).hold(async () => {
    await real.files.rename(state, aside)
    await siteProcessesEnded(real, folder)
    await real.files.rename(aside, state)
  })
}

/** The state of a simulated server that has been made already, for tests and for what arms faults. */
export function practiceState(real: Machine, folder: string): Store {
  return stateStore(real, folder, () => {
    throw new Error(`There is no simulated server in ${folder}.`)
  })
}

async function prepare(real: Machine, folder: string, options: PracticeWindowsOptions): Promise<Running> {
  await real.files.makeFolder(folder)
  const { state: file, aside } = filesIn(folder)
  const store = stateStore(real, folder, () => initialState(options))
  const protect = await store.hold(async () => {
    // Whoever stopped the sites was itself ended before it could put the state back.
    if (!(await real.files.info(file)) && (await real.files.info(aside))) await real.files.rename(aside, file)
    return protection(real, folder)
  })
  const state = await store.change(async (now): Promise<ServerState> => {
    await layDrive(real, foldersOf(folder), now)
    if (options.demonstration) await layDemonstration(real, folder, now, protect.protect)
    return now
  })
  if (options.siteScript !== undefined) await settleSites(real, folder, options.siteScript, undefined, state)
  return { store, protect }
}

function filesIn(folder: string) {
  return { state: join(folder, 'state.json'), aside: join(folder, 'state.aside.json') }
}

/** Files that are there only once the server has been made. */
function after(prepared: () => Promise<unknown>, files: Files): Files {
  return new Proxy(files, {
    get(target, name, receiver) {
      const method = Reflect.get(target, name, receiver) as (...args: readonly unknown[]) => Promise<unknown>
      return async (...args: readonly unknown[]) => {
        await prepared()
        return method.apply(target, [...args])
      }
    },
  })
}

function nameOf(path: string): string {
  return basename(path.replaceAll('\\', '/'))
    .toLowerCase()
    .replace(/\.exe$/, '')
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return isAbsolute(path) && way !== '' && !way.startsWith('..') && !isAbsolute(way)
}

/** Names on the simulated drive count in any case, also where the real files do not. */
async function isThere(files: Files, path: string): Promise<boolean> {
  const names = await files.list(dirname(path))
  return names.some((name) => name.toLowerCase() === basename(path).toLowerCase())
}
