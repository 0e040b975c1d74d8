import { createSocket } from 'node:dgram'

export interface BrowserOptions {
  /** Port of TCP by name of the instance; `undefined` for one that does not listen on TCP. */
  readonly instances: Readonly<Record<string, number | undefined>>
  /** Answers nothing. */
  readonly silent?: boolean
  /** Sends this instead of an answer. */
  readonly says?: Buffer
}

export interface Browser {
  readonly port: number
  /** Names that were asked for. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

const CLNT_UCAST_INST = 0x04
const SVR_RESP = 0x05

/**
 * SQL Server Browser on a free UDP port of 127.0.0.1. Of an instance that it does not know it says nothing, as the real one.
 * [MC-SQLR] 2.2.3, 2.2.5
 */
export async function startBrowser({ instances, silent, says }: BrowserOptions): Promise<Browser> {
  const asked: string[] = []
  const socket = createSocket('udp4')
  socket.on('message', (request, from) => {
    if (request[0] !== CLNT_UCAST_INST) return
    const name = request.toString('latin1', 1).replace(/\0$/, '')
    asked.push(name)
    const known = Object.keys(instances).find((one) => one.toLowerCase() === name.toLowerCase())
    if (silent || known === undefined) return
    socket.send(says ?? answer(known, instances[known]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return {
    port: socket.address().port,
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  }
}

function answer(instance: string, port: number | undefined): Buffer {
  const fields = [
    'ServerName',
    'RESPONDER',
    'InstanceName',
    instance,
    'IsClustered',
    'No',
    'Version',
    '16.0.4000.0',
  ]
  const text = [...fields, ...(port === undefined ? [] : ['tcp', String(port)])].join(';') + ';;'
  const header = Buffer.from([SVR_RESP, 0, 0])
  header.writeUInt16LE(text.length, 1)
  return Buffer.concat([header, Buffer.from(text, 'latin1')])
}
