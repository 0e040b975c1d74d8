/**
 * What went wrong, in the form every door shows it: the window, the command line, the report.
 * It crosses process borders as plain data, so it holds no Error and no secret.
 */
export interface Problem {
  /** Stable name for scripts and tests, such as `archive.path-escape`. */
  readonly code: string
  /** One sentence: what happened. */
  readonly what: string
  /** Where: as much of it as is known. */
  readonly where?: Where
  /** Why, when it is known and not already said by `what`. */
  readonly cause?: string
  /** What to do next; starts with a verb. */
  readonly next: string
  /** What was left as it was, when something could have been changed. */
  readonly untouched?: string
  /** Raw words of a driver, a tool or a log, already redacted. */
  readonly details?: readonly string[]
}

export interface Where {
  readonly file?: string
  /** 1-based, as editors count. */
  readonly line?: number
  /** 1-based, as editors count. */
  readonly column?: number
  readonly step?: string
  /** Path inside an answer file or settings file, such as `container.httpPort`. */
  readonly path?: string
}

/** A {@link Problem} on its way up the stack. Everything the installer can be told is in `problem`. */
export class SetupError extends Error {
  readonly problem: Problem

  constructor(problem: Problem, options?: ErrorOptions) {
    super(problem.what, options)
    this.name = 'SetupError'
    this.problem = problem
  }
}

/** Turns anything thrown into a {@link Problem}; an unexpected error keeps its message as a detail. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof SetupError) return thrown.problem
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return {
    code: 'unexpected',
    what: 'Something happened that this program does not know.',
    next: 'Save the log bundle and send it to the people who look after this program.',
    details: [message],
  }
}
