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

/**
 * Lets Windows issue a certificate for signing and seal it into files with a password: `{subject, password, files}`, a
 * file as `{path, algorithm}`. Nothing of it stays in the stores.
 * https://learn.microsoft.com/powershell/module/pki/export-pfxcertificate
 */
export const ISSUE_PFX = String.raw`
$password = ConvertTo-SecureString $question.password -AsPlainText -Force
$store = 'Cert:\LocalMachine\My'
$made = @()
try {
  $authority = New-SelfSignedCertificate -Type Custom -Subject 'CN=Workflow Authority' -KeyUsage CertSign ${'`'}
    -TextExtension '2.5.29.19={critical}{text}ca=1&pathlength=0' -CertStoreLocation $store
  $made += $authority
  $issued = New-SelfSignedCertificate -Type Custom -Subject $question.subject -Signer $authority ${'`'}
    -KeyAlgorithm RSA -KeyLength 3072 -HashAlgorithm SHA256 -KeyUsage DigitalSignature ${'`'}
    -KeyExportPolicy Exportable -CertStoreLocation $store
  $made += $issued
  foreach ($file in $question.files) {
    Export-PfxCertificate -Cert $issued -FilePath $file.path -Password $password ${'`'}
      -CryptoAlgorithmOption $file.algorithm | Out-Null
  }
}
finally {
  foreach ($each in $made) {
    Remove-Item -LiteralPath ($store + '\' + $each.Thumbprint) -DeleteKey
    $copy = 'Cert:\LocalMachine\CA\' + $each.Thumbprint
    if (Test-Path -LiteralPath $copy) { Remove-Item -LiteralPath $copy }
  }
}
`
