import { visible } from '../../report/html.ts'
import type { CheckReport, CheckStatus } from '../../contract/check.ts'
import type { Problem } from '../../contract/problem.ts'

/** A stream that text goes to. */
interface Sink {
  write(text: string): unknown
  readonly isTTY?: boolean
}

const marks: Readonly<Record<CheckStatus, string>> = {
  passed: '✔ passed ',
  warning: '! warning',
  failed: '✖ failed ',
  'not-applicable': '– n/a    ',
  'not-tried': '– untried',
}

/** Where a command says things: results on standard output, problems on standard error. */
export class Output {
  readonly #out: Sink
  readonly #err: Sink

  constructor(out: Sink, err: Sink) {
    this.#out = out
    this.#err = err
  }

  line(text = ''): void {
    this.#out.write(`${visible(text)}\n`)
  }

  json(value: unknown, indent?: number): void {
    this.#out.write(`${JSON.stringify(value, undefined, indent)}\n`)
  }

  error(text: string): void {
    this.#err.write(`${visible(text)}\n`)
  }

  problem(problem: Problem): void {
    this.error(problemText(problem))
  }

  /** What is going on, on a terminal only: the next such line takes its place, and without a text it goes away. */
  working(text = ''): void {
    if (this.#err.isTTY === true) this.#err.write(`\r\u001B[K${visible(text)}`)
  }

  check(check: CheckReport): void {
    this.line(`${marks[check.status]}  ${check.title}: ${check.summary}`)
    if (check.status !== 'failed' && check.status !== 'warning') return
    if (check.cause !== undefined) this.line(`             Cause: ${check.cause}`)
    if (check.remedy) this.line(`             ${check.remedy.text}`)
    for (const copy of [check.remedy?.command, check.remedy?.sql])
      if (copy !== undefined) this.line(`             ${copy}`)
  }
}

/** A problem as lines: what, where, why, what to do, what was left untouched. */
export function problemText(problem: Problem): string {
  const { file, line, column, path, step } = problem.where ?? {}
  const place = [
    file,
    line === undefined ? undefined : `line ${line}, column ${column ?? 1}`,
    path,
    step && `step ${step}`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(', ')
  return [
    `✖ ${problem.what}`,
    ...(place === '' ? [] : [`  At: ${place}`]),
    ...(problem.cause === undefined ? [] : [`  Cause: ${problem.cause}`]),
    `  Next: ${problem.next}`,
    ...(problem.untouched === undefined ? [] : [`  ${problem.untouched}`]),
    ...(problem.details ?? []).map((detail) => `  | ${detail}`),
  ].join('\n')
}
