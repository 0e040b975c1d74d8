import { join } from 'node:path'
import type { Files, Machine, WindowsFolders } from '../../machine/machine.ts'
import type { ServerState } from './state.ts'

/** Programs of the simulation below `System32`, spelled as Windows spells them. */
const PROGRAMS = [
  'certutil.exe',
  'cmd.exe',
  'Dism.exe',
  'fltMC.exe',
  'icacls.exe',
  'net.exe',
  'netsh.exe',
  'NETSTAT.EXE',
  'reg.exe',
  'sc.exe',
  'SecEdit.exe',
  'subst.exe',
  'tasklist.exe',
  'wevtutil.exe',
  'whoami.exe',
  join('WindowsPowerShell', 'v1.0', 'powershell.exe'),
]

/** Where Windows and its programs lie on the simulated drive. */
export function foldersOf(folder: string): WindowsFolders {
  const drive = join(folder, 'drive')
  return {
    windows: join(drive, 'Windows'),
    programFiles: join(drive, 'Program Files'),
    programFilesX86: join(drive, 'Program Files (x86)'),
  }
}

/** Makes the files that tell a reader what is installed. They are empty: nobody starts them. */
export async function layDrive(
  { files }: Machine,
  folders: WindowsFolders,
  state: ServerState,
): Promise<void> {
  const system = join(folders.windows, 'System32')
  await files.makeFolder(join(system, 'WindowsPowerShell', 'v1.0'))
  await files.makeFolder(join(folders.windows, 'Temp'))
  await files.makeFolder(folders.programFilesX86)
  for (const program of PROGRAMS) await place(files, join(system, program))
  if (state.features['IIS-WebServer'] === 'Enabled') {
    await files.makeFolder(join(system, 'inetsrv'))
    await place(files, join(system, 'inetsrv', 'appcmd.exe'))
  }
  const dotnet = join(folders.programFiles, 'dotnet')
  await files.makeFolder(dotnet)
  for (const [framework, versions] of Object.entries(state.runtimes))
    for (const version of versions) await files.makeFolder(join(dotnet, 'shared', framework, version))
  if (state.module === null) return
  await place(files, join(dotnet, 'dotnet.exe'))
  const module = join(folders.programFiles, 'IIS', 'Asp.Net Core Module', 'V2')
  await files.makeFolder(module)
  await place(files, join(module, 'aspnetcorev2.dll'))
}

async function place(files: Files, path: string): Promise<void> {
  if (!(await files.info(path))) await files.write(path, '')
}
