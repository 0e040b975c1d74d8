import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { StartFailure, unhandled } from './failure.ts'
import { serve } from './server.ts'
import { startService } from './service.ts'

/** What a .NET program that ends with an unhandled exception leaves behind on Linux. */
const ABORTED = 134

/**
 * The practice Identity Service as a process of its own, as the vendor's is in a container:
 * `main.ts --folder DIR --url http://127.0.0.1:PORT`. Ends on SIGTERM.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: 'string' }, url: { type: 'string' } } })
  if (values.folder === undefined || values.url === undefined)
    throw new StartFailure('System.ArgumentException', 'Both --folder and --url are needed')
  const service = await startService({ folder: resolve(values.folder), env: process.env })
  const url = new URL(values.url)
  const server = await serve(url, service).catch(async (error: unknown) => {
    await service.close()
    throw error
  })
  process.once('SIGTERM', () => {
    server.close(() => void service.close())
    server.closeAllConnections()
  })
  log('Practice Identity Service: stands in for the vendor’s program')
  log(`Now listening on: ${url.origin}`)
  log('Application started. Press Ctrl+C to shut down.')
}

function log(line: string): void {
  process.stdout.write(`info: Microsoft.Hosting.Lifetime[0]\n      ${line}\n`)
}

main().catch((error: unknown) => process.stderr.write(unhandled(error), () => process.exit(ABORTED)))
