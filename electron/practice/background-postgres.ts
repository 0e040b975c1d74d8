import { join } from 'node:path'
import { SetupError, type Problem } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { startPostgres } from './postgres.ts'

const PATIENCE_MS = 60_000
const PAUSE_MS = 100

/**
 * `startPostgres`, but in a process of its own that goes on when this one ends: a practice service that the command
 * line installs needs its database afterwards.
 *
 * @param script path of `database-main`, as source or bundle
 */
export function postgresInBackground(machine: Machine, script: string): typeof startPostgres {
  return async (options) => {
    const { files, processes, clock } = machine
    const told = join(options.folder, 'told.json')
    await files.makeFolder(options.folder)
    await files.remove(told)
    const log = join(options.folder, 'background.log')
    const { pid } = await processes.startScript(script, ['--folder', options.folder, '--told', told], log)
    const started = clock.monotonic()
    for (;;) {
      const answer = await files.read(told)
      if (answer) {
        refuse(JSON.parse(Buffer.from(answer).toString('utf8')) as { problem?: Problem })
        // It runs now: this finds it, and gives its address, its password and the way to stop it.
        return startPostgres(options)
      }
      if (!processes.alive(pid) || clock.monotonic() - started > PATIENCE_MS) throw silent(log)
      await clock.sleep(PAUSE_MS)
    }
  }
}

function refuse({ problem }: { problem?: Problem }): void {
  if (problem) throw new SetupError(problem)
}

function silent(log: string): SetupError {
  return new SetupError({
    code: 'practice.postgres-failed',
    what: 'The PostgreSQL of the practice run did not start.',
    where: { file: log },
    next: 'Read its log, then start the practice run again.',
  })
}
