import { spawn } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { lookUp } from '../../configuration/element.ts'
import { ELEVATED_VARIABLE } from '../../elevated-process.ts'
import type { SimulatedServer } from '../../tool.ts'
import { registryOf } from '../registry-view.ts'
import { type Script, textIn, win32Exception } from './script.ts'

/** What an elevated process finds of the environment of the one that asked for it: Windows makes it anew. */
const KEPT =
  /^(PATH|HOME|USERPROFILE|TMPDIR|TEMP|TMP|SystemRoot|SystemDrive|windir|APPDATA|LOCALAPPDATA|LANG|DISPLAY|XAUTHORITY|XDG_RUNTIME_DIR)$/i

const CANCELLED = 1223

/** Starts a program with full rights, in the background and without this process's input, output and environment. */
export const elevate: Script = async (question, server) => {
  const file = textIn(question, 'file')
  if (!(await stat(file).catch(() => undefined))?.isFile()) throw win32Exception(server, 2)
  const refusal = refusalOf(server)
  if (refusal !== undefined) throw win32Exception(server, refusal)
  const kept = Object.entries(process.env).filter(([name]) => KEPT.test(name))
  const child = spawn(file, splitCommandLine(textIn(question, 'arguments')), {
    detached: true,
    stdio: 'ignore',
    windowsHide: true,
    env: { ...Object.fromEntries(kept), [ELEVATED_VARIABLE]: '1' },
  })
  const failed = await new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(false))
    child.once('error', () => resolve(true))
  })
  if (failed) throw win32Exception(server, 193)
  child.unref()
  return { started: true }
}

/** Nobody is asked with full rights or without User Account Control; otherwise the prompt may be refused. */
function refusalOf(server: SimulatedServer): number | undefined {
  const { token, runtime } = server.state
  if (token.elevated) return undefined
  const policy = lookUp(
    registryOf(server),
    'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System',
  )?.[1]
  if (policy?.['EnableLUA']?.data === '0x0' && token.administrator) return undefined
  if (!token.administrator && policy?.['ConsentPromptBehaviorUser']?.data === '0x0') return 5
  if (runtime.refuseElevation === undefined) return undefined
  delete runtime.refuseElevation
  return CANCELLED
}

/** Takes a command line apart as programs on Windows do (learn.microsoft.com “Parsing C command-line arguments”). */
export function splitCommandLine(line: string): string[] {
  const found: string[] = []
  let current: string | undefined
  let quoted = false
  for (let at = 0; at < line.length;) {
    const slashes = /^\\*/.exec(line.slice(at))![0].length
    const next = line[at + slashes]
    if (slashes > 0 && next === '"') {
      current = (current ?? '') + '\\'.repeat(slashes >> 1) + (slashes % 2 === 1 ? '"' : '')
      if (slashes % 2 === 0) quoted = !quoted
      at += slashes + 1
    } else if (slashes > 0) {
      current = (current ?? '') + '\\'.repeat(slashes)
      at += slashes
    } else if (next === '"') {
      current ??= ''
      quoted = !quoted
      at++
    } else if (/\s/.test(next!) && !quoted) {
      if (current !== undefined) found.push(current)
      current = undefined
      at++
    } else {
      current = (current ?? '') + next
      at++
    }
  }
  return current === undefined ? found : [...found, current]
}
