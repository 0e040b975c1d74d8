import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { freePort } from '../../free-port.ts'

const portFile = (stateFolder: string): string => join(stateFolder, 'practice', 'port.txt')

/**
 * Tests that run at the same time would all be given the first free port of the practice service. So each state folder
 * begins as if a practice run had been here before, and remembers a port of its own.
 */
export async function keepPracticePort(stateFolder: string): Promise<void> {
  await mkdir(join(stateFolder, 'practice'), { recursive: true })
  await writeFile(portFile(stateFolder), String(await freePort()))
}

/** Takes the port of the practice service away, as another program would. */
export async function takePracticePort(stateFolder: string): Promise<{ giveBack: () => Promise<void> }> {
  const server = await listenOn(Number(await readFile(portFile(stateFolder), 'utf8')))
  return { giveBack: () => closed(server) }
}

async function listenOn(port: number): Promise<Server> {
  const server = createServer((socket) => socket.destroy())
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function closed(server: Server): Promise<void> {
  await new Promise((resolve) => server.close(resolve))
}
