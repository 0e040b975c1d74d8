import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** TCP port of 127.0.0.1 at which the grammar of Transact-SQL answers. */
    readonly grammarPort: number
  }
}

/** One grammar for all test files of a run: loading it takes longer than most of them. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const worker = new Worker(new URL('worker.ts', import.meta.url))
  const [port] = (await once(worker, 'message')) as [number]
  project.provide('grammarPort', port)
  return async () => void (await worker.terminate())
}
