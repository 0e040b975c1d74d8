// node build/windows/sql-server-tests.ts --work DIR
// Runs the tests of SQL Server that also want a real one, against the server that sql-server.ts installed: its
// administrator's connection string stands in DIR/sql-administrator.connection.
import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readOptions } from './options.ts'

const TESTS = ['sql-server', 'sql-server-identity', 'sql-server-new-database']

const { work } = readOptions(process.argv.slice(2), ['work'])
const url = await readFile(join(work, 'sql-administrator.connection'), 'utf8')
const { status } = spawnSync(
  process.execPath,
  [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '-c',
    'build/vitest.config.ts',
    '--project',
    'integration',
    ...TESTS.map((name) => `test/integration/database/${name}.test.ts`),
  ],
  { stdio: 'inherit', env: { ...process.env, TEST_SQLSERVER_URL: url.trim() } },
)
process.exitCode = status ?? 1
