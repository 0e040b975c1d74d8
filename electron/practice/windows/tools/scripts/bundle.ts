import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { parseBundle } from '../../hosting-bundle-file.ts'
import type { SimulatedServer } from '../../tool.ts'
import { win32Text } from '../win32-errors.ts'
import { runHostingBundle } from './run-hosting-bundle.ts'
import { DotNetException, type Json, type Script, textIn, win32Exception } from './script.ts'

const CANCELLED = 1223

/** Looks at an installer's signature and version, or starts it when it is still the same file. */
export const bundle: Script = async (question, server) => {
  const file = textIn(question, 'file')
  const bytes = await readFile(file).catch(() => undefined)
  if (bytes === undefined) throw notFound(file, server)
  const sha256 = createHash('sha256').update(bytes).digest('hex').toUpperCase()
  const read = parseBundle(bytes.toString('utf8'))
  if (textIn(question, 'action') === 'look') return look(read, sha256)
  if (textIn(question, 'sha256').toUpperCase() !== sha256) return { changed: true }
  if (read === undefined) throw win32Exception(server, 193)
  // The installer asks for elevation, and nobody sees the prompt of a process without a window.
  if (!server.state.token.elevated) throw win32Exception(server, CANCELLED)
  return { exitCode: await runHostingBundle(server, read.bundle, textIn(question, 'action')) }
}

function look(read: ReturnType<typeof parseBundle>, sha256: string): Json {
  if (read === undefined) return { status: 'UnknownError', signer: '', product: '', version: '', sha256 }
  const { product, version, signer } = read.bundle
  const status = signer === null ? 'NotSigned' : read.intact ? 'Valid' : 'HashMismatch'
  return { status, signer: signer ?? '', product, version, sha256 }
}

function notFound(file: string, { state }: SimulatedServer): DotNetException {
  const text = `${win32Text(2, state.system.language)} '${file}'`
  return new DotNetException('System.IO.FileNotFoundException', 0x80070002, text)
}
