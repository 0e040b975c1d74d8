import { join } from 'node:path'
import type { StepGroup } from '../contract/plan.ts'
import { SetupError, type Problem } from '../contract/problem.ts'
import type { RunOutcome } from '../contract/run.ts'
import type { Machine } from '../machine/machine.ts'
import type { WrittenFile } from './step.ts'

/**
 * The memory of a run on disk: one JSON line before and after each effect, flushed. After a crash it tells what may
 * have happened and how to take it back. It holds no secrets: answers with references, undo records with paths.
 */
export interface JournalHead {
  readonly type: 'run'
  readonly id: string
  readonly title: string
  readonly practice: boolean
  readonly at: string
  /** The answers, to go on with after an interruption. */
  readonly answers: unknown
  readonly steps: readonly { readonly id: string; readonly title: string; readonly group: StepGroup }[]
}

export type JournalLine =
  | JournalHead
  | { readonly type: 'begin'; readonly at: string; readonly step: string; readonly kind: string }
  | { readonly type: 'undo'; readonly step: string; readonly kind: string; readonly record: unknown }
  | { readonly type: 'wrote'; readonly step: string; readonly file: WrittenFile }
  | {
      readonly type: 'done'
      readonly at: string
      readonly step: string
      readonly ms: number
      readonly summary: string
    }
  | { readonly type: 'failed'; readonly at: string; readonly step: string; readonly problem: Problem }
  /** From here on it is taken back: a crash leaves what is neither done nor undone, such as a service that is stopped. */
  | { readonly type: 'taking-back'; readonly at: string }
  | { readonly type: 'undone'; readonly at: string; readonly index: number }
  | { readonly type: 'end'; readonly at: string; readonly outcome: RunOutcome | 'discarded' }

/** An effect that can be taken back, with its place in the journal. */
export interface UndoEntry {
  readonly index: number
  readonly step: string
  readonly kind: string
  readonly record: unknown
}

export class Journal {
  readonly folder: string
  /** Undefined for a journal that is not kept. */
  readonly #machine: Machine | undefined
  readonly #lines: JournalLine[]
  #last: Promise<void> = Promise.resolve()

  private constructor(machine: Machine | undefined, folder: string, lines: JournalLine[]) {
    this.#machine = machine
    this.folder = folder
    this.#lines = lines
  }

  /** Starts the journal of a new run in `<state folder>/runs/<id>/`. */
  static async create(machine: Machine, stateFolder: string, head: JournalHead): Promise<Journal> {
    const folder = join(runsFolder(stateFolder), head.id)
    await machine.files.makeFolder(folder, { access: 'private' })
    const journal = new Journal(machine, folder, [])
    await journal.add(head)
    return journal
  }

  /** The journal of a run that is known to change nothing: it leaves no trace. */
  static unrecorded(head: JournalHead): Journal {
    return new Journal(undefined, '', [head])
  }

  /** Opens a journal that is there. A last line that was cut off by a crash is left out; other damage is refused. */
  static async open(machine: Machine, folder: string): Promise<Journal> {
    const file = journalFile(folder)
    const bytes = await machine.files.read(file)
    const rows = Buffer.from(bytes ?? [])
      .toString('utf8')
      .split('\n')
    const lines: JournalLine[] = []
    for (const [at, row] of rows.entries()) {
      if (row === '') continue
      const line = parseLine(row)
      if (line) lines.push(line)
      else if (at < rows.length - 1) throw damaged(file, at + 1)
    }
    if (lines[0]?.type !== 'run') throw damaged(file, 1)
    const journal = new Journal(machine, folder, lines)
    if (rows.at(-1) !== '') await journal.#repair()
    return journal
  }

  get head(): JournalHead {
    return this.#lines[0] as JournalHead
  }

  get lines(): readonly JournalLine[] {
    return this.#lines
  }

  get backupFolder(): string {
    return join(this.folder, 'backup')
  }

  /** The outcome written last, or undefined when the run never came to an end. */
  get outcome(): RunOutcome | 'discarded' | undefined {
    const last = this.#lines.findLast(({ type }) => ['end', 'begin', 'taking-back'].includes(type))
    return last?.type === 'end' ? last.outcome : undefined
  }

  /** Whether something is left to resume or to take back. */
  get interrupted(): boolean {
    const { outcome } = this
    return outcome === undefined || outcome === 'stopped' || outcome === 'failed' || outcome === 'undo-failed'
  }

  /** Puts a line on disk. Lines that are added at once follow one another: an index is the same here and there. */
  add(line: JournalLine): Promise<void> {
    const added = this.#last.then(() => this.#append(line))
    this.#last = added.catch(() => {})
    return added
  }

  /** What can be taken back, last effect first. */
  undoEntries(): UndoEntry[] {
    const undone = new Set(this.#lines.flatMap((line) => (line.type === 'undone' ? [line.index] : [])))
    return this.#lines
      .flatMap((line, index) => (line.type === 'undo' && !undone.has(index) ? [{ ...line, index }] : []))
      .reverse()
  }

  /**
   * Whether one of the steps `others` may have changed something since `step` was done last. It outlives the process:
   * a crash between writing the settings and restarting the service must not leave the service with the old ones.
   */
  changedSince(step: string, others: readonly string[]): boolean {
    const last = this.#lines.findLastIndex((line) => line.type === 'done' && line.step === step)
    return this.#lines
      .slice(last + 1)
      .some((line) => (line.type === 'undo' || line.type === 'done') && others.includes(line.step))
  }

  writtenFiles(): WrittenFile[] {
    const byPath = new Map<string, WrittenFile>()
    for (const line of this.#lines) if (line.type === 'wrote') byPath.set(line.file.path, line.file)
    return [...byPath.values()]
  }

  async #append(line: JournalLine): Promise<void> {
    await this.#machine?.files.append(journalFile(this.folder), `${JSON.stringify(line)}\n`, {
      access: 'private',
    })
    this.#lines.push(line)
  }

  async #repair(): Promise<void> {
    const text = this.#lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    await this.#machine?.files.write(journalFile(this.folder), text, { access: 'private' })
  }
}

export interface RecordedRuns {
  /** Newest first. */
  readonly journals: readonly Journal[]
  /** Those that cannot be read, as the problem they are. */
  readonly damaged: readonly Problem[]
}

/** Journals with something left to do. */
export async function interruptedRuns(machine: Machine, stateFolder: string): Promise<RecordedRuns> {
  const runs = await recordedRuns(machine, stateFolder)
  return { ...runs, journals: runs.journals.filter(({ interrupted }) => interrupted) }
}

/** The journals of all runs, also of those that came to their end. */
export async function recordedRuns(machine: Machine, stateFolder: string): Promise<RecordedRuns> {
  const folder = runsFolder(stateFolder)
  const journals: Journal[] = []
  const problems: Problem[] = []
  for (const name of await machine.files.list(folder)) {
    if (!(await machine.files.info(journalFile(join(folder, name))))) continue
    try {
      journals.push(await Journal.open(machine, join(folder, name)))
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      problems.push(error.problem)
    }
  }
  journals.sort((a, b) => b.head.at.localeCompare(a.head.at))
  return { journals, damaged: problems }
}

/** Where the journals of all runs stand. */
export function runsFolder(stateFolder: string): string {
  return join(stateFolder, 'runs')
}

function journalFile(folder: string): string {
  return join(folder, 'journal.jsonl')
}

function parseLine(row: string): JournalLine | undefined {
  try {
    const value: unknown = JSON.parse(row)
    return isLine(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** What each kind of line must have, for a run to be taken back by it. */
const NEEDED: Readonly<Record<JournalLine['type'], Readonly<Record<string, string>>>> = {
  run: { id: 'string', title: 'string', at: 'string', steps: 'object' },
  begin: { step: 'string', kind: 'string' },
  undo: { step: 'string', kind: 'string', record: 'object' },
  wrote: { step: 'string', file: 'object' },
  done: { step: 'string' },
  failed: { step: 'string' },
  'taking-back': {},
  undone: { index: 'number' },
  end: { outcome: 'string' },
}

function isLine(value: unknown): value is JournalLine {
  if (value === null || typeof value !== 'object') return false
  const line = value as Record<string, unknown>
  const { type } = line
  if (typeof type !== 'string' || !Object.hasOwn(NEEDED, type)) return false
  if (type === 'run' && !Array.isArray(line['steps'])) return false
  return Object.entries(NEEDED[type as JournalLine['type']]).every(
    ([key, kind]) => typeof line[key] === kind && line[key] !== null,
  )
}

function damaged(file: string, line: number): SetupError {
  return new SetupError({
    code: 'journal.damaged',
    what: 'A journal of an earlier setup cannot be read.',
    where: { file, line },
    next: 'Look at what that setup wrote, then move its folder away.',
    untouched: 'Nothing was changed.',
  })
}
