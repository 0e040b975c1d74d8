import { execFile } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { promisify } from 'node:util'

/**
 * Runs the `docker` client without BuildKit, which not every engine has.
 * @returns its standard output, trimmed.
 * @throws Error with what it wrote on standard error.
 */
export async function docker(...args: readonly string[]): Promise<string> {
  return (await client(args)).stdout.trim()
}

/** What a container wrote on standard error. */
export async function standardErrorOf(container: string): Promise<string> {
  return (await client(['logs', container])).stderr
}

function client(args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  const env = { ...process.env, DOCKER_BUILDKIT: '0' }
  return promisify(execFile)('docker', args, { env, maxBuffer: 64 * 1024 * 1024 })
}

/**
 * Whether a container engine answers. Where none does, what is left out is said; where nothing may be left out
 * (CI=true), that is an error.
 */
export async function engineOrLeftOut(what: string): Promise<boolean> {
  if (await engineAnswers()) return true
  const line = `${what}: no container engine answers the docker client`
  if (process.env['CI'] === 'true') throw new Error(line)
  const list = process.env['LEFT_OUT_FILE']
  if (list === undefined) process.stderr.write(`left out: ${line}\n`)
  else appendFileSync(list, `${line}\n`)
  return false
}

/** Whether a container engine answers; a test that needs one says so when it does not run. */
export function engineAnswers(): Promise<boolean> {
  return docker('version').then(
    () => true,
    () => false,
  )
}

export interface Bridge {
  /** What a container calls this machine by. */
  readonly host: string
  readonly port: number
  close(): Promise<void>
}

/**
 * Lets containers of the default network reach a port of this machine's loopback address: the test database
 * listens there only. Forwards from the same port of the network's gateway, which is this machine as containers see it.
 */
export async function reachableFromContainers(port: number): Promise<Bridge> {
  const host = await docker('network', 'inspect', 'bridge', '-f', '{{(index .IPAM.Config 0).Gateway}}')
  const open = new Set<Socket>()
  const server = createServer((from) => {
    const to = connect(port, '127.0.0.1')
    for (const [socket, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => open.delete(socket))
      socket.pipe(other)
    }
  })
  server.listen(port, host)
  await once(server, 'listening')
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
  return { host, port: (server.address() as AddressInfo).port, close }
}
