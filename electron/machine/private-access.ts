import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import type { Processes } from './machine.ts'

/** Well-known SIDs; the names of these accounts are translated on a Windows in another language. */
const SYSTEM = 'S-1-5-18'
const ADMINISTRATORS = 'S-1-5-32-544'

export interface Guard {
  /** Restricts a file or folder, still without content, to its owner (on Windows also Administrators and SYSTEM). */
  restrict(path: string, kind: 'file' | 'folder'): Promise<void>
}

/**
 * The way this system has of keeping others out: permission bits, or on Windows an access list without
 * inherited entries. Rejects with `file.no-access` when Windows refuses.
 */
export function privateAccess(platform: NodeJS.Platform, processes: Pick<Processes, 'run'>): Guard {
  if (platform !== 'win32') return { restrict: (path, kind) => chmod(path, kind === 'file' ? 0o600 : 0o700) }

  let user: Promise<string> | undefined
  return {
    async restrict(path, kind) {
      user ??= currentUser(processes)
      const rights = kind === 'folder' ? '(OI)(CI)F' : 'F'
      const trustees = [SYSTEM, ADMINISTRATORS, await user].map((sid) => `*${sid}:${rights}`)
      // One call: removing the inherited entries alone would leave nobody with access for a moment.
      // https://learn.microsoft.com/windows-server/administration/windows-commands/icacls
      const { exitCode, stdout, stderr } = await processes.run({
        command: systemTool('icacls.exe'),
        args: [path, '/inheritance:r', '/grant:r', ...trustees, '/Q'],
      })
      if (exitCode !== 0) throw refused(path, [stderr, stdout])
    },
  }
}

async function currentUser(processes: Pick<Processes, 'run'>): Promise<string> {
  const { stdout, stderr } = await processes.run({
    command: systemTool('whoami.exe'),
    args: ['/user', '/fo', 'csv', '/nh'],
  })
  const sid = /S-1-[\d-]+/.exec(stdout)?.[0]
  if (sid === undefined) throw refused('the user account', [stderr, stdout])
  return sid
}

/** By its full path, so that nothing of that name elsewhere on the search path is started instead. */
function systemTool(name: string): string {
  return join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', name)
}

function refused(path: string, output: readonly string[]): SetupError {
  return new SetupError({
    code: 'file.no-access',
    what: `Access to “${path}” could not be restricted to this user.`,
    where: { file: path },
    next: 'Choose a folder on a disk with access control (NTFS) in which this user may change permissions.',
    details: output.map((text) => text.trim()).filter((text) => text !== ''),
  })
}
