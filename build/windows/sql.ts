import { powershell } from './powershell.ts'
import { RUN_SQL } from './powershell-scripts.ts'
import type { Server } from './server.ts'

/** Runs batches of T-SQL on this machine's SQL Server, as its administrator. @throws Error with what it refused. */
export async function runSql(server: Server, database: string, batches: readonly string[]): Promise<void> {
  const connection = `Data Source=localhost;Initial Catalog=${database};Integrated Security=SSPI`
  await powershell(server, RUN_SQL, { connection, batches })
}
