import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { practicePort } from '../../practice-port.ts'

/** Takes the port of the practice service away, as another program would. */
export async function takePracticePort(stateFolder: string): Promise<{ giveBack: () => Promise<void> }> {
  const server = await listenOn(await practicePort(stateFolder))
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
