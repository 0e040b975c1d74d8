// node build/windows/download.ts --url URL --to FILE
import { createWriteStream } from 'node:fs'
import { mkdir, rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readOptions } from './options.ts'
import { say } from './program.ts'

const { url, to } = readOptions(process.argv.slice(2), ['url', 'to'])
await mkdir(dirname(to), { recursive: true })
const answer = await fetch(url)
if (!answer.ok || answer.body === null) throw new Error(`${url} answers ${answer.status}.`)
// Whole or not at all: half an installer would be found by the next step.
await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(`${to}.part`))
await rename(`${to}.part`, to)
say(`${to}: ${(await stat(to)).size} bytes from ${answer.url}`)
