import { chdir, cwd } from 'node:process'
import { parseArgs } from 'node:util'
import { readClients } from './clients.ts'
import { openDatabase } from './database.ts'
import { StartFailure, unhandled } from './failure.ts'
import { seed } from './seed.ts'
import { serve } from './server.ts'
import { readSettings } from './settings.ts'
import { loadSigningKey } from './signing-key.ts'

/** What a .NET program that ends with an unhandled exception leaves behind on Linux. */
const ABORTED = 134

/**
 * The practice Identity Service: `main.ts --folder DIR --url http://127.0.0.1:PORT`. It stands in for the vendor's
 * program and knows nothing of the wizard but the files in DIR, which it reads in the vendor's order: settings,
 * certificate, database, clients, port. Ends on SIGTERM.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { folder: { type: 'string' }, url: { type: 'string' } } })
  if (values.folder === undefined || values.url === undefined)
    throw new StartFailure('System.ArgumentException', 'Both --folder and --url are needed')
  // Relative paths in the settings count from the program's own folder.
  chdir(values.folder)
  const settings = await readSettings(cwd(), process.env)
  const key = await loadSigningKey(settings.get('X509CertificatePath'))
  const pool = await openDatabase(settings)
  await seed(pool, readClients(settings.get('Clients') ?? ''))
  const url = new URL(values.url)
  const server = await serve(url, { settings, key, pool })
  process.once('SIGTERM', () => {
    server.close(() => void pool.end())
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
