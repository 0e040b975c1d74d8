import type { Socket } from 'node:net'
import { readFirst } from '../connection-test/sockets.ts'

/** What a server says about encryption when the client would like it. */
export type ServerEncryption = 'not-supported' | 'offered' | 'required'

/**
 * The first message of a SQL Server client: version 0, "encryption is on".
 * https://learn.microsoft.com/openspecs/windows_protocols/ms-tds/60f56408-0188-4cd5-8b90-25c6f2423868
 */
const PRELOGIN = Buffer.from(
  [
    '1201001a00000100', // header: type, last packet, length 26, channel, packet number, window
    '00000b0006', // VERSION at 11, 6 bytes
    '0100110001', // ENCRYPTION at 17, 1 byte
    'ff',
    '000000000000',
    '01',
  ].join(''),
  'hex',
)
const HEADER = 8
const TABULAR_RESULT = 0x04
const ENCRYPTION = 0x01
const NOT_SUPPORTED = 2
const REQUIRED = 3

/** Speaks first on a connection; undefined when what answers is not SQL Server. */
export async function prelogin(socket: Socket): Promise<ServerEncryption | undefined> {
  socket.write(PRELOGIN)
  const header = await readFirst(socket, HEADER)
  if (header.length < HEADER || header[0] !== TABULAR_RESULT) return undefined
  const missing = header.readUInt16BE(2) - header.length
  const rest = missing > 0 ? await readFirst(socket, missing) : Buffer.alloc(0)
  const encryption = optionOf(Buffer.concat([header, rest]).subarray(HEADER), ENCRYPTION)
  if (encryption === undefined) return undefined
  if (encryption === NOT_SUPPORTED) return 'not-supported'
  return encryption === REQUIRED ? 'required' : 'offered'
}

/** First byte of an option: the message begins with a table of token, offset and length. */
function optionOf(message: Buffer, token: number): number | undefined {
  for (let at = 0; at + 5 <= message.length && message[at] !== 0xff; at += 5)
    if (message[at] === token) return message[message.readUInt16BE(at + 1)]
  return undefined
}
