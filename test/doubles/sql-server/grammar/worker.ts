import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { parentPort } from 'node:worker_threads'

// Answers over HTTP where a text is no Transact-SQL. Its port is its first message.

/** The grammar takes more than a second to load, which a run without any SQL does not pay for. */
let grammar: Promise<typeof import('./transact-sql.ts')> | undefined
const known = new Map<string, string>()

async function answer(sql: string): Promise<string> {
  grammar ??= import('./transact-sql.ts')
  const { syntaxProblemIn } = await grammar
  const found = known.get(sql) ?? JSON.stringify(syntaxProblemIn(sql) ?? null)
  known.set(sql, found)
  return found
}

const server = createServer((request, response) => {
  text(request)
    .then(answer)
    .then((said) => response.end(said))
    .catch((error: unknown) => response.writeHead(500).end(String(error)))
})
server.listen(0, '127.0.0.1', () => parentPort!.postMessage((server.address() as AddressInfo).port))
