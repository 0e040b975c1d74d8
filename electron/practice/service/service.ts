import { resolve } from 'node:path'
import type { RequestListener } from 'node:http'
import { answering } from './answer.ts'
import { readClients } from './clients.ts'
import { openDatabase } from './database.ts'
import type { PfxFile } from './pfx-file.ts'
import { onLinux } from './pfx-file.ts'
import { seed } from './seed.ts'
import type { ReadFile, Settings } from './settings.ts'
import { readSettings } from './settings.ts'
import { loadSigningKey } from './signing-key.ts'

/** Where the service is started. */
export interface Surroundings {
  /** Its own folder, from which relative paths in the settings count. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
  /** How it reads settings; default the file system. */
  readonly read?: ReadFile
  /** How it reads its certificate; default as .NET does on Linux. */
  readonly pfx?: PfxFile
}

/** The service between its start and its end. */
export interface Service {
  readonly settings: Settings
  /** Answers requests that came in by `http:` or `https:`. */
  listener(scheme: 'http:' | 'https:'): RequestListener
  close(): Promise<void>
}

/**
 * Starts the practice Identity Service, without listening anywhere. It stands in for the vendor's program and knows
 * nothing of the wizard but the files in its folder, which it reads in the vendor's order: settings, certificate,
 * database, clients. Throws a StartFailure.
 */
export async function startService({ folder, env, read, pfx = onLinux }: Surroundings): Promise<Service> {
  const settings = await readSettings(folder, env, read)
  const path = settings.get('X509CertificatePath')
  // An empty path is no file name to .NET, and not the folder either.
  const key = await loadSigningKey(path === undefined || path === '' ? path : resolve(folder, path), pfx)
  const pool = await openDatabase(settings)
  try {
    await seed(pool, readClients(settings.get('Clients') ?? ''))
  } catch (error) {
    await pool.end()
    throw error
  }
  return {
    settings,
    listener: (scheme) => answering(scheme, { settings, key, pool }),
    close: () => pool.end(),
  }
}
