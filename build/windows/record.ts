// node build/windows/record.ts --work DIR --port N --bundle FILE [--practice]
// Records how this Windows' tools answer, byte for byte, so that what the code marks as unverified can be settled.
// Needs port N and the two after it free. For a server on which nothing secret is: what appcmd lists is kept whole.
import { once } from 'node:events'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join, resolve } from 'node:path'
import { createSigningCertificate, type SigningWishes } from '../../electron/certificate/signing.ts'
import { createTlsCertificate } from '../../electron/certificate/tls.ts'
import { problemOf } from '../../electron/contract/problem.ts'
import { portOf, readOptions } from './options.ts'
import { say } from './program.ts'
import type { Place, Recording } from './recording.ts'
import { RECORDINGS } from './recordings.ts'
import { runRaw, serverIn, type Server } from './server.ts'
import { pointsWith } from './unverified-points.ts'

const options = readOptions(process.argv.slice(2), ['work', 'port', 'bundle'])
const server = await serverIn(options.work, options.practice)
const blocker = createServer().listen(0, '0.0.0.0')
await once(blocker, 'listening')
try {
  const place = await placeIn(server, (blocker.address() as AddressInfo).port)
  const recordings = []
  for (const recording of RECORDINGS) recordings.push(await record(server, place, recording))
  const file = join(server.artifacts, 'recordings.json')
  const what = {
    at: new Date().toISOString(),
    practice: server.practice,
    points: pointsWith(recordings),
    recordings,
  }
  await writeFile(file, JSON.stringify(what, undefined, 2))
  say(`${file}: ${recordings.length} answers`)
} finally {
  blocker.close()
}

async function placeIn({ work, machine }: Server, takenPort: number): Promise<Place> {
  const folder = join(work, 'recording')
  for (const end of ['', '.rights', '.sid', '.inf'])
    await rm(`${folder}${end}`, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const file = join(folder, 'file.txt')
  await writeFile(file, 'Recorded.')
  const around = { now: new Date(), random: machine.random }
  const { pfx } = await createTlsCertificate({ ...around, hosts: ['recording.invalid'] })
  const signing = async (name: string, wishes: Pick<SigningWishes, 'key' | 'profile'>) => {
    const path = join(folder, name)
    await writeFile(path, (await createSigningCertificate({ ...around, ...wishes })).pfx)
    return path
  }
  return {
    folder,
    file,
    port: portOf(options.port),
    takenPort,
    pfx: Buffer.from(pfx).toString('base64'),
    signing: {
      aes256: await signing('aes-256.pfx', { profile: 'AES-256' }),
      tripleDes: await signing('3des.pfx', { profile: '3DES' }),
      ecdsa: await signing('ecdsa.pfx', { key: 'ECDSA-P256' }),
    },
    bundle: resolve(options.bundle),
  }
}

/** An answer in base64, because how it is encoded is one of the questions. */
async function record(on: Server, place: Place, recording: Recording) {
  const { name } = recording
  if ('request' in recording) {
    const url = recording.request(place)
    const answer = await fetch(url).then(
      async (got) => ({ status: got.status, body: base64(Buffer.from(await got.arrayBuffer())) }),
      (error: Error) => ({ error: String(error.cause ?? error) }),
    )
    return { name, url, ...answer }
  }
  const { tool, stdin, writes } = recording
  const args = recording.args(place)
  try {
    const { exitCode, stdout, stderr } = await runRaw(on, tool, args, stdin?.(place))
    const wrote = writes && (await readFile(writes(place)).catch(() => undefined))
    return {
      name,
      argv: [tool, ...args],
      exitCode,
      stdout: base64(stdout),
      stderr: base64(stderr),
      ...(wrote ? { wrote: base64(wrote) } : {}),
    }
  } catch (error) {
    return { name, argv: [tool, ...args], error: problemOf(error).what }
  }
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64')
}
