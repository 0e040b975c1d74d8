import type { RunEvent } from '../../electron/contract/run.ts'

/**
 * The SQL that gives an application pool's account its rights, from what `apply --json` prints.
 * @throws Error when no prerequisite offers it.
 */
export function grantIn(stdout: string): string {
  for (const line of stdout.split('\n').filter((each) => each.startsWith('{'))) {
    const event = JSON.parse(line) as RunEvent
    if (event.type !== 'check' || event.check.id !== 'database.windows-login') continue
    const { sql } = event.check.remedy ?? {}
    if (sql !== undefined) return sql
  }
  throw new Error('The program offered no SQL for the login of the application pool.')
}
