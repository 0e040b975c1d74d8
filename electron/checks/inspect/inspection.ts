import { SetupError, type Problem } from '../../contract/problem.ts'

export type InspectedKind =
  | 'archive'
  | 'service-folder'
  | 'settings'
  | 'web-config'
  | 'connection-strings'
  | 'connection-string'
  | 'certificate'
  | 'unknown'

export interface Fact {
  readonly label: string
  readonly value: string
}

/** What this program reads in a file, and what it would refuse. No secret in it. */
export interface Inspection {
  readonly kind: InspectedKind
  readonly facts: readonly Fact[]
  readonly warnings: readonly string[]
  readonly refusals: readonly Problem[]
}

/** Collects what readers say; what they throw as a SetupError becomes a refusal. */
export class InspectionNotes {
  readonly facts: Fact[] = []
  readonly warnings: string[] = []
  readonly refusals: Problem[] = []

  /** Adds a fact; nothing is added when the value is not known. */
  fact(label: string, value: string | number | undefined): void {
    if (value !== undefined) this.facts.push({ label, value: String(value) })
  }

  warn(problem: Problem): void {
    this.warnings.push(`${problem.what} ${problem.next}`)
  }

  /** The result of a reader, or undefined when it refused. Throws on what is no SetupError. */
  async attempt<T>(read: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await read()
    } catch (error) {
      if (!(error instanceof SetupError)) throw error
      this.refusals.push(error.problem)
      return undefined
    }
  }

  as(kind: InspectedKind): Inspection {
    return { kind, facts: this.facts, warnings: this.warnings, refusals: this.refusals }
  }
}

/** How a text file is written, as one line, such as `UTF-8 with byte order mark, CRLF`. */
export function writtenAs(decoded: { encoding: string; bom: boolean; text: string }): string {
  const ends = new Set(decoded.text.match(/\r\n|\n|\r/g) ?? [])
  const names = Array.from(ends, (end) => ({ '\r\n': 'CRLF', '\n': 'LF', '\r': 'CR' })[end])
  return [
    decoded.encoding.toUpperCase() + (decoded.bom ? ' with byte order mark' : ''),
    names.length > 1 ? `mixed line ends (${names.toSorted().join(', ')})` : (names[0] ?? 'one line'),
  ].join(', ')
}
