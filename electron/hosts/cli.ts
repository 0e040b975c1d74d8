#!/usr/bin/env node
import { realMachine } from '../machine/real.ts'
import { problemOf } from '../contract/problem.ts'
import { answersCommand } from './cli/answers.ts'
import { applyCommand } from './cli/apply.ts'
import { fixCommand } from './cli/fix.ts'
import { inspectCommand } from './cli/inspect.ts'
import { EXIT, exitCodeOf } from './cli/exit.ts'
import { lineReader } from './cli/lines.ts'
import { loggingCommand } from './cli/logging.ts'
import { Output } from './cli/output.ts'
import { planCommand } from './cli/plan.ts'
import { practiceCommand } from './cli/practice.ts'
import type { CommandLine } from './cli/subcommands.ts'
import { undoCommand } from './cli/undo.ts'
import { USAGE } from './cli/usage.ts'
import { verifyCommand } from './cli/verify.ts'
import { Session } from './session/session.ts'
import { stateFolder } from './state-folder.ts'

const commands: Readonly<Record<string, CommandLine>> = {
  plan: planCommand,
  apply: applyCommand,
  verify: verifyCommand,
  undo: undoCommand,
  inspect: inspectCommand,
  fix: fixCommand,
  logging: loggingCommand,
  answers: answersCommand,
  // What only the pages need is read only for them: the other commands start sooner.
  serve: async (args, context) => (await import('./cli/serve.ts')).serveCommand(args, context),
  certificate: async (args, context) =>
    (await import('./cli/certificate/index.ts')).certificateCommand(args, context),
  client: async (args, context) => (await import('./cli/client/index.ts')).clientCommand(args, context),
  database: async (args, context) => (await import('./cli/database/index.ts')).databaseCommand(args, context),
  practice: practiceCommand,
}

/** The command-line door: the same setup without pages, for scripts. Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args
  const output = new Output(process.stdout, process.stderr)
  if (name === 'help' || rest.includes('--help') || name === '--help' || name === '-h') {
    output.line(USAGE)
    return EXIT.done
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    output.error(`“${name}” is not a command of this program.\n\n${USAGE}`)
    return EXIT.invalid
  }
  const machine = realMachine()
  const session = new Session({
    machine,
    stateFolder: stateFolder(),
    environment: process.env,
    nextLine: lineReader(process.stdin),
  })
  try {
    return await command(rest, { machine, session, output })
  } catch (error) {
    const problem = session.redactor.redactData(problemOf(error))
    output.problem(problem)
    return exitCodeOf(problem)
  }
}

/** Resolves when everything written is handed over: on Windows a pipe takes it later. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

// Whoever reads along may leave, as `head` does; the setup goes on to a state it can be found in.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
process.exitCode = await main(process.argv.slice(2))
await Promise.all([process.stdout, process.stderr].map(flushed))
// A connection pool or a reader of standard input must not keep a finished program alive.
process.exit()
