import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { parentPort } from 'node:worker_threads'
import { Accepted } from './accepted.ts'

// Answers over HTTP where a text is no Transact-SQL. Its port is its first message.

const MODULES = new URL('../../../../node_modules/', import.meta.url)
const reader = ['@dbml/core/package.json', new URL('transact-sql.ts', import.meta.url)]
  .map((file) => readFileSync(new URL(file, MODULES), 'utf8'))
  .join('\0')
const accepted = new Accepted(fileURLToPath(new URL('.cache/transact-sql', MODULES)), reader)

async function answer(sql: string): Promise<string> {
  if (accepted.has(sql)) return 'null'
  // It takes more than a second to load, which is for new texts only.
  const { syntaxProblemIn } = await import('./transact-sql.ts')
  const problem = syntaxProblemIn(sql)
  if (!problem) accepted.add(sql)
  return JSON.stringify(problem ?? null)
}

const server = createServer((request, response) => {
  text(request)
    .then(answer)
    .then((said) => response.end(said))
    .catch((error: unknown) => response.writeHead(500).end(String(error)))
})
server.listen(0, '127.0.0.1', () => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin, a window has
  parentPort!.postMessage((server.address() as AddressInfo).port)
})
