import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { ServerState } from '../state.ts'
import { mayWriteInto } from './access.ts'
import { moduleEvent, type NewEvent } from './events.ts'

/**
 * Writes what the program said to a file of its own, if web.config asks for it: the configured path is a prefix, a
 * time and the process follow. The module makes missing folders. Returns the record it leaves when the account may
 * not write there; the program runs all the same.
 * https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/logging-and-diagnostics
 */
export async function writeStdoutLog(
  text: string,
  aspNetCore: Readonly<Record<string, string>>,
  folder: string,
  state: ServerState,
  token: readonly string[],
  now: Date,
): Promise<readonly NewEvent[]> {
  if (aspNetCore['stdoutLogEnabled']?.toLowerCase() !== 'true') return []
  const prefix = resolve(folder, (aspNetCore['stdoutLogFile'] ?? '.\\logs\\stdout').replaceAll('\\', '/'))
  const home = dirname(prefix)
  if (!(await mayWriteInto(state, token, home)))
    return [
      moduleEvent(
        1026,
        `Could not start stdout redirection in C:\\Program Files\\IIS\\Asp.Net Core Module\\V2\\aspnetcorev2.dll. Exception message: HRESULT 0x80070005 returned at fileoutputmanager.cpp:84.`,
        'warning',
      ),
    ]
  await mkdir(home, { recursive: true })
  await writeFile(`${prefix}_${stamp(now)}_${process.pid}.log`, text)
  return []
}

/** `20261121163000`, in UTC. */
function stamp(now: Date): string {
  return now.toISOString().replace(/\D/g, '').slice(0, 14)
}
