import { spawn } from 'node:child_process'

/** What PostgreSQL's programs need of the environment: nothing of ours, so no `PG*` variable leads them astray. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, SystemRoot, TEMP, LC_ALL: 'C', TZ: 'UTC' }
}

/** The part of `spawn`'s options that changes the user; on Windows the user stays. */
export function asUser(uid: number | undefined): { uid: number; gid: number } | Record<string, never> {
  return uid === undefined ? {} : { uid, gid: uid }
}

/** Runs a program of PostgreSQL to its end; output of both streams in one text. A program that cannot start exits with -1. */
export function runQuietly(
  program: string,
  args: readonly string[],
  { uid }: { readonly uid: number | undefined },
): Promise<{ readonly exitCode: number; readonly output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      ...asUser(uid),
      cwd: '/',
      env: plainEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.on('error', (error) => resolve({ exitCode: -1, output: error.message }))
    child.on('close', (code) => resolve({ exitCode: code ?? -1, output }))
  })
}
