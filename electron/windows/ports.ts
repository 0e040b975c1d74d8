import { SetupError } from '../contract/problem.ts'
import type { Machine } from '../machine/machine.ts'
import { runTool, toolFailed } from './tool.ts'

export interface PortHolder {
  readonly pid: number
  /** Name of the program, such as `nginx.exe`, when Windows tells it. */
  readonly process?: string
  /** What is served there when it is HTTP.sys that listens, as for IIS; absent when that cannot be read. */
  readonly urls?: readonly string[]
}

/** Windows' kernel, which listens for everything that HTTP.sys serves. */
const SYSTEM_PID = 4

/**
 * Which programs listen on a TCP port of this machine; empty: none.
 * Rejects with `windows.ports-unreadable`.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/netstat
 */
export async function portHolders(machine: Machine, port: number): Promise<readonly PortHolder[]> {
  const pids = new Set([
    ...listenersOn(port, await netstat(machine, 'TCP')),
    // Where IPv6 is switched off there is nothing to list.
    ...listenersOn(port, await netstat(machine, 'TCPv6').catch(nothingIfRefused)),
  ])
  return Promise.all([...pids].map((pid) => describe(machine, pid, port)))
}

async function netstat(machine: Machine, protocol: 'TCP' | 'TCPv6'): Promise<string> {
  const args = ['-ano', '-p', protocol]
  const result = await runTool(machine, 'netstat', args)
  if (result.exitCode === 0) return result.stdout
  throw toolFailed('netstat', args, result, {
    code: 'windows.ports-unreadable',
    what: 'Windows did not say which ports are in use.',
    next: 'Run “netstat -ano” at a command prompt and check what it says.',
  })
}

function nothingIfRefused(error: unknown): string {
  if (error instanceof SetupError && error.problem.code === 'windows.ports-unreadable') return ''
  throw error
}

/** Header and states are translated; a listener is known by having nobody at the other end. */
const LISTENER = /^\s*TCP\s+\S+:(\d+)\s+(?:0\.0\.0\.0|\[::\]):0\s+.*?(\d+)\s*$/

function listenersOn(port: number, text: string): readonly number[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const match = LISTENER.exec(line)
    return match && Number(match[1]) === port ? [Number(match[2])] : []
  })
}

async function describe(machine: Machine, pid: number, port: number): Promise<PortHolder> {
  const name = await processName(machine, pid)
  const named = name === undefined ? { pid } : { pid, process: name }
  if (pid !== SYSTEM_PID) return named
  const urls = await urlsOfHttpSys(machine).catch((error: unknown) => {
    if (error instanceof SetupError) return undefined
    throw error
  })
  if (urls === undefined) return named
  return { ...named, urls: urls.filter((url) => url.port === port).map(({ url }) => url) }
}

/** A process that has gone meanwhile gives a translated sentence instead of a row. */
async function processName(machine: Machine, pid: number): Promise<string | undefined> {
  const { stdout } = await runTool(machine, 'tasklist', ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'])
  const [, name, found] = /^"([^"]+)","(\d+)"/m.exec(stdout) ?? []
  return Number(found) === pid ? name : undefined
}

/** An address that a program asked HTTP.sys to serve. */
export interface RegisteredUrl {
  /** Such as `HTTP://*:80/`. */
  readonly url: string
  readonly port: number
  /** Processes that answer it; none while no worker process of its pool runs. */
  readonly pids: readonly number[]
}

/**
 * What HTTP.sys serves. Rejects with `windows.http-sys-unreadable`, which is the answer to a user without the
 * rights of an administrator.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/netsh-http
 */
export async function urlsOfHttpSys(machine: Machine): Promise<readonly RegisteredUrl[]> {
  const args = ['http', 'show', 'servicestate', 'view=requestq', 'verbose=no']
  const result = await runTool(machine, 'netsh', args)
  if (result.exitCode !== 0)
    throw toolFailed('netsh', args, result, {
      code: 'windows.http-sys-unreadable',
      what: 'Windows did not say which addresses HTTP.sys serves.',
      next: 'Start the program as an administrator, then try again.',
    })
  return readServiceState(result.stdout)
}

const URL_LINE = /^\s+(HTTPS?:\/\/(?:\[[^\]]*\]|[^:/]+):(\d+)[:/].*?)\s*$/i
/** Up to Windows Server 2016 a number in a line of its own, later `ID: 2688, image: …`; the words are translated. */
const PID_LINE = /^\s+(?:[^\s:]+:\s*(\d+),.*|(\d+)\s*)$/

/** Each request queue begins at the left edge, and names its processes before its addresses. */
function readServiceState(text: string): readonly RegisteredUrl[] {
  const found: RegisteredUrl[] = []
  let pids: number[] = []
  for (const line of text.split(/\r?\n/)) {
    const url = URL_LINE.exec(line)
    const pid = PID_LINE.exec(line)
    if (/^\S/.test(line)) pids = []
    else if (url) found.push({ url: url[1]!, port: Number(url[2]), pids })
    else if (pid) pids.push(Number(pid[1] ?? pid[2]))
  }
  return found
}
