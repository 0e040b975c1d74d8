import { powershell } from './powershell.ts'
import type { Server } from './server.ts'

/** Every Windows has this client, and the login is that of whoever runs the script. */
const RUN = String.raw`
$connection = New-Object System.Data.SqlClient.SqlConnection $question.connection
$connection.Open()
foreach ($batch in $question.batches) {
  $command = $connection.CreateCommand()
  $command.CommandText = $batch
  [void] $command.ExecuteNonQuery()
}
$connection.Close()
`

/** Runs batches of T-SQL on this machine's SQL Server, as its administrator. @throws Error with what it refused. */
export async function runSql(server: Server, database: string, batches: readonly string[]): Promise<void> {
  const connection = `Data Source=localhost;Initial Catalog=${database};Integrated Security=SSPI`
  await powershell(server, RUN, { connection, batches })
}
