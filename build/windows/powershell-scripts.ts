// Scripts of the workflow for Windows PowerShell 5.1. Each gets what it is asked as `$question`; see powershell.ts.

/** Makes a local account, or gives the one of that name a new password: `{user, password, group}`. */
export const MAKE_ACCOUNT = String.raw`
$password = ConvertTo-SecureString $question.password -AsPlainText -Force
if (Get-LocalUser -Name $question.user -ErrorAction SilentlyContinue) {
  Set-LocalUser -Name $question.user -Password $password
} else {
  New-LocalUser -Name $question.user -Password $password -AccountNeverExpires -PasswordNeverExpires | Out-Null
  Add-LocalGroupMember -SID $question.group -Member $question.user
}
`

/** Runs batches of T-SQL: `{connection, batches}`. Every Windows has this client; the login is that of whoever runs it. */
export const RUN_SQL = String.raw`
$connection = New-Object System.Data.SqlClient.SqlConnection $question.connection
$connection.Open()
foreach ($batch in $question.batches) {
  $command = $connection.CreateCommand()
  $command.CommandText = $batch
  [void] $command.ExecuteNonQuery()
}
$connection.Close()
`

/** Runs a script as it is, with somebody at the prompt who always gives the same answer: `{file, secret}`. */
export const RUN_AT_PROMPT = String.raw`
$global:SameAnswer = ConvertTo-SecureString -String $question.secret -AsPlainText -Force
function Read-Host {
  param([string] $Prompt, [switch] $AsSecureString)
  $global:SameAnswer
}
& $question.file
exit $LASTEXITCODE
`
