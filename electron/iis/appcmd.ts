import type { CommandResult, Machine } from '../machine/machine.ts'
import { runTool, type ToolOptions } from '../windows/tool.ts'
import { appcmdFailed, mayPass } from './appcmd-problem.ts'
import { readObjects } from './appcmd-xml.ts'
import { attribute, type ConfigElement, same } from './config-element.ts'

type Options = Pick<ToolOptions, 'stdin' | 'timeoutMs' | 'signal'>

/** What appcmd lists: https://learn.microsoft.com/iis/get-started/getting-started-with-iis/getting-started-with-appcmdexe */
export type ObjectKind = 'apppool' | 'site' | 'app' | 'vdir' | 'module' | 'wp'

/** Milliseconds for what writes the configuration. */
const CHANGE_MS = 60_000
const READ_MS = 30_000
/** Milliseconds before a call that was cut off is made once more. */
const PAUSE_MS = 500

/**
 * Runs appcmd to its end; any exit code is a result, as a number without sign. appcmd writes its errors to standard
 * output. Rejects with `windows.not-here`, `windows.tool-missing`, `process.timeout`, `process.cancelled`.
 */
export async function appcmd(
  machine: Machine,
  args: readonly string[],
  options: Options = {},
): Promise<CommandResult> {
  const result = await runTool(machine, 'appcmd', args, { timeoutMs: CHANGE_MS, ...options })
  // An HRESULT has its highest bit set, which some callers see as a sign.
  return { ...result, exitCode: result.exitCode >>> 0 }
}

/** Whether a call did what it was asked; a failure begins with `ERROR (` in every language. */
export function wentWell({ exitCode, stdout }: CommandResult): boolean {
  return exitCode === 0 && !stdout.trimStart().startsWith('ERROR (')
}

/**
 * As {@link appcmd}, for calls that must end well. `failed` says what else was not done. A call that was cut off is made
 * once more; where that would be another thing, `done` tells whether the first one had its effect. Rejects with
 * `iis.not-elevated`, `iis.missing`, `iis.duplicate`, `iis.was-stopped`, `iis.busy`, `iis.appcmd`, ...
 */
export async function mustAppcmd(
  machine: Machine,
  failed: string,
  args: readonly string[],
  { done, ...options }: Options & { readonly done?: () => Promise<boolean> } = {},
): Promise<CommandResult> {
  let result = await appcmd(machine, args, options)
  if (mayPass(result)) {
    await machine.clock.sleep(PAUSE_MS)
    if (await done?.()) return result
    result = await appcmd(machine, args, options)
  }
  if (wentWell(result)) return result
  throw await appcmdFailed(machine, failed, args, result)
}

/**
 * Every object of a kind. One that is named would be answered differently from version to version when it is
 * missing, so callers choose from the whole list.
 * @param config `true`: with the configuration as it is stored; `inherited`: with what it inherits, too
 * @throws iis.answer, and what {@link mustAppcmd} rejects with
 */
export async function listObjects(
  machine: Machine,
  kind: ObjectKind,
  { config = false }: { readonly config?: boolean | 'inherited' } = {},
): Promise<readonly ConfigElement[]> {
  const flags = config === false ? [] : [config === true ? '/config' : '/config:*']
  const result = await ask(machine, `The ${PLURALS[kind]} of IIS were not listed.`, [
    'list',
    kind,
    ...flags,
    '/xml',
  ])
  return readObjects(result.stdout)
}

const PLURALS: Readonly<Record<ObjectKind, string>> = {
  apppool: 'application pools',
  site: 'sites',
  app: 'applications',
  vdir: 'virtual directories',
  module: 'modules',
  wp: 'worker processes',
}

/** A question, which is answered soon or never. */
export function ask(machine: Machine, failed: string, args: readonly string[]): Promise<CommandResult> {
  return mustAppcmd(machine, failed, args, { timeoutMs: READ_MS })
}

/** The name of an object: `SITE.NAME`, `APPPOOL.NAME`, `MODULE.NAME`, ... */
export function nameOf(object: ConfigElement): string {
  return attribute(object, `${object.name}.NAME`) ?? attribute(object, 'name') ?? ''
}

/** One object with its stored configuration, its name in any case, or undefined when there is none. */
export async function findObject(
  machine: Machine,
  kind: 'apppool' | 'site',
  name: string,
): Promise<ConfigElement | undefined> {
  const objects = await listObjects(machine, kind, { config: true })
  return objects.find((object) => same(nameOf(object), name))
}
