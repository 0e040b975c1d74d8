import { createHash, randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { practiceWindowsFolder } from '../../electron/hosts/session/practice-machine.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { practiceState } from '../../electron/practice/windows/machine.ts'
import { powershell } from './powershell.ts'
import { MAKE_ACCOUNT } from './powershell-scripts.ts'
import type { Server } from './server.ts'

/** Windows' own group whose members may log on as a batch job once IIS is there, and a worker process needs to. */
const IIS_USERS = 'S-1-5-32-568'

/**
 * Makes a local account for an application pool, or gives the one of that name a new password.
 * @returns the file that holds the password, as an answer file names it.
 */
export async function makeLocalAccount(server: Server, user: string): Promise<string> {
  const password = `Aa1!${randomBytes(18).toString('base64url')}`
  const passwordFile = join(server.work, `${user}.password`)
  await writeFile(passwordFile, password, { mode: 0o600 })
  await (server.practice
    ? addToPractice(server, user, password)
    : powershell(server, MAKE_ACCOUNT, { user, password, group: IIS_USERS }))
  return passwordFile
}

async function addToPractice(server: Server, user: string, password: string): Promise<void> {
  const { machine, state } = server
  await machine.files.info(state)
  await practiceState(realMachine(), practiceWindowsFolder(state)).change(async (windows) => {
    const others = windows.users.filter(({ name }) => !name.endsWith(`\\${user}`))
    const added = {
      name: `${windows.system.name}\\${user}`,
      sid: 'S-1-5-21-1004336348-1177238915-682003330-1207',
      kind: 'local' as const,
      passwordHash: createHash('sha256').update(password).digest('hex'),
      memberOf: [IIS_USERS],
    }
    windows.users = [...others, added]
  })
}
