import { resolve } from 'node:path'
import type { SetupAnswers } from '../../contract/answers.ts'
import type { FileChange, PlanStep, PlanView } from '../../contract/plan.ts'
import type { Problem } from '../../contract/problem.ts'
import { scriptOf } from '../session/script.ts'
import { parseCommand } from './arguments.ts'
import type { CommandContext } from './context.ts'
import { EXIT } from './exit.ts'
import type { Output } from './output.ts'
import { answersFor, preparedFrom, refuse } from './read-answers.ts'

/** `plan`: every step with its changes; nothing is carried out. */
export async function planCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const { values, positionals } = parseCommand(
    args,
    {
      json: { type: 'boolean', default: false },
      script: { type: 'string' },
      target: { type: 'string' },
    },
    { least: 1, most: 1 },
  )
  const { machine, session, output } = context
  const read = await answersFor({ file: positionals[0]!, target: values.target }, context)
  if ('problems' in read) return refuse(read.problems, context)
  if (values.script === undefined) return showPlan(read.answers, values, context)
  const result = await preparedFrom(read.answers, context)
  if ('problems' in result) return refuse(result.problems, context)
  const file = resolve(values.script)
  await machine.files.write(file, await scriptOf(result.prepared, session.redactor))
  output.line(`${file} does the same as this plan, and prompts for the secrets.`)
  return EXIT.done
}

/** Shows what answers would do. Resolves to the exit code. */
export async function showPlan(
  answers: SetupAnswers,
  { json }: { readonly json: boolean },
  context: CommandContext,
): Promise<number> {
  const { session, output } = context
  const result = await preparedFrom(answers, context)
  if ('problems' in result) return refuse(result.problems, context)
  const view = session.view(result.prepared, await session.inspect(result.prepared))
  if (json) output.json(view, 2)
  else printPlan(view, output)
  return EXIT.done
}

const foundWords = {
  absent: 'to be done',
  'as-wanted': 'as wanted',
  differs: 'differs',
  foreign: 'FOREIGN',
  unknown: 'to be looked at by an administrator',
}

/** A plan as text. */
export function printPlan(view: PlanView, output: Output): void {
  output.line(`${view.title}${view.practice ? ' (practice run)' : ''}: ${stepsOf(view.steps.length)}`)
  for (const [at, step] of view.steps.entries()) printStep(at + 1, step, output)
  for (const warning of view.warnings) output.line(`\n${warningLine(warning)}`)
  output.line('\nStays as it is:')
  for (const line of view.untouched) output.line(`  ${line}`)
}

/** What a plan warns of, as it stands before a run, too. */
export const warningLine = ({ what, next }: Problem): string => `! ${what} ${next}`

/** `1 step`, `10 steps`. */
export function stepsOf(count: number): string {
  return count === 1 ? '1 step' : `${count} steps`
}

function printStep(number: number, step: PlanStep, output: Output): void {
  output.line(`\n${number}. ${step.title} (${step.detail}) – ${foundWords[step.found]}`)
  for (const text of [...step.evidence, ...step.notes]) output.line(`   ${text}`)
  for (const file of step.files) printChange(file, output)
  for (const command of step.commands) output.line(`   $ ${command}`)
  for (const sql of step.sql) output.line(`   ${sql}`)
}

function printChange({ path, change, added, removed, lines, binary }: FileChange, output: Output): void {
  output.line(`   ${path}: ${change}${binary === undefined ? ` (+${added} −${removed})` : ''}`)
  if (binary !== undefined) output.line(`     ${binary}`)
  const signs = { added: '+', removed: '-', same: ' ', gap: '…' }
  for (const { kind, text } of lines) output.line(`     ${signs[kind]} ${text}`)
}
