import { createHash } from 'node:crypto'
import { readdir, readFile, rm, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { windowsFolders } from '../../electron/windows/tool.ts'
import { listMachineCertificates } from '../../electron/windows/certificates.ts'
import { say } from './program.ts'
import { runRaw, type RawTool, type Server } from './server.ts'

/** What a setup may leave on a server, by what it is called for the reader, as text that can be compared. */
export type Footprint = Readonly<Record<string, string>>

/**
 * Everything that taking a setup back has to bring back: IIS, HTTP.sys, certificates, the firewall, files and rights.
 * @param folder what is set up lies in it; not made here.
 * @param rule display name of the firewall rule that the setup would add.
 */
export async function footprintOf(server: Server, folder: string, rule: string): Promise<Footprint> {
  const text = async (tool: RawTool, args: readonly string[]) => {
    const { exitCode, stdout } = await runRaw(server, tool, args)
    return `exit code ${exitCode}\n${settled(stdout.toString('latin1'))}`
  }
  return {
    'application pools': await text('appcmd', ['list', 'apppool', '/config:*', '/xml']),
    websites: await text('appcmd', ['list', 'site', '/config:*', '/xml']),
    'applicationHost.config': await configurationFile(server),
    'certificates of HTTP.sys': await text('netsh', ['http', 'show', 'sslcert']),
    'certificates of the machine': await certificates(server),
    'firewall rule': await text('netsh', ['advfirewall', 'firewall', 'show', 'rule', `name=${rule}`]),
    files: (await filesBelow(folder)).join('\n'),
    rights: await rightsBelow(server, folder),
    installations: (await readdir(join(server.state, 'installations')).catch(() => [])).toSorted().join('\n'),
  }
}

/** The parts in which two footprints differ. */
export function changedParts(before: Footprint, after: Footprint): string[] {
  return Object.keys(before).filter((name) => before[name] !== after[name])
}

/**
 * Holds two footprints against each other.
 * @throws Error with the lines that only one of them has.
 */
export function holdEqual(what: string, before: Footprint, after: Footprint): void {
  const changed = changedParts(before, after).map((name) => {
    const [old, now] = [before[name], after[name]].map((text) => (text ?? '').split('\n'))
    const gone = old!.filter((line) => !now!.includes(line)).map((line) => `  - ${line}`)
    const come = now!.filter((line) => !old!.includes(line)).map((line) => `  + ${line}`)
    return [name, ...gone, ...come].join('\n')
  })
  if (changed.length > 0) throw new Error(`${what} left something behind:\n${changed.join('\n')}`)
  say(`Checked: ${what} left nothing behind.`)
}

/** Lines without blanks around them, as a file that was rewritten may be indented anew, and without passwords. */
function settled(text: string): string {
  return text
    .replaceAll(/(password=)"[^"]*"/gi, '$1"hidden"')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

async function configurationFile({ machine }: Server): Promise<string> {
  const file = join(
    windowsFolders(machine).windows,
    'System32',
    'inetsrv',
    'config',
    'applicationHost.config',
  )
  return settled(await readFile(file, 'utf8').catch(() => ''))
}

async function certificates({ machine }: Server): Promise<string> {
  const found = await listMachineCertificates(machine)
  return found
    .map(({ thumbprint, subject }) => `${thumbprint} ${subject}`)
    .toSorted()
    .join('\n')
}

/** A line for each file and folder below, with what tells whether it is another one. */
async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const lines = names.map(async (name) => {
    const path = join(folder, name)
    const info = await stat(path)
    if (!info.isFile()) return `${name} folder`
    const hash = createHash('sha256').update(await readFile(path))
    return `${relative(folder, path)} ${info.mtimeMs} ${hash.digest('hex')}`
  })
  return (await Promise.all(lines)).toSorted()
}

/** The access lists of a folder and all below, as icacls saves them. */
async function rightsBelow(server: Server, folder: string): Promise<string> {
  if (!(await server.machine.files.info(folder))) return ''
  const saved = join(server.work, 'rights.txt')
  const { exitCode } = await runRaw(server, 'icacls', [folder, '/save', saved, '/t', '/q'])
  const text = (await readFile(saved)).toString('utf16le')
  await rm(saved)
  return `exit code ${exitCode}\n${settled(text)}`
}
