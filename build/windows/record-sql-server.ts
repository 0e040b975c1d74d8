// node build/windows/record-sql-server.ts --work DIR
// Records how SQL Server's types read and write, on the server that sql-server.ts installed: its administrator's
// connection string stands in DIR/sql-administrator.connection.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { withParts } from '../../electron/database/connection/connection-string.ts'
import { openMssql } from '../../electron/database/sql-server/open.ts'
import { mssqlSettings } from '../../electron/database/sql-server/settings.ts'
import { Secret } from '../../electron/secrets/secret.ts'
import { readOptions } from './options.ts'
import { say } from './program.ts'
import { serverIn } from './server.ts'
import { recordTypes } from './sql-types.ts'
import { pointsWith } from './unverified-points.ts'

const PATIENCE_MS = 60_000

const { work } = readOptions(process.argv.slice(2), ['work'])
const { artifacts, machine } = await serverIn(work, false)
const text = (await readFile(join(work, 'sql-administrator.connection'), 'utf8')).trim()
// What a crash leaves there is gone with the next start of the server.
const connectionString = withParts(new Secret(text), { database: 'tempdb' }, 'MsSqlServer')
const pool = await openMssql(machine, mssqlSettings({ connectionString }), AbortSignal.timeout(PATIENCE_MS))
try {
  const recordings = await recordTypes(pool)
  const points = pointsWith(recordings).filter(({ settledBy }) => settledBy.length > 0)
  const file = join(artifacts, 'recordings-sql-server.json')
  const what = { at: new Date().toISOString(), points, recordings }
  await writeFile(file, JSON.stringify(what, undefined, 2))
  say(`${file}: ${recordings.length} types`)
} finally {
  await pool.close()
}
