import { scriptArguments } from './powershell.ts'
import type { Place, Recording } from './recording.ts'

/** What goes through a pipe into ConvertTo-Json: nothing, one element, two, and a list within a list. */
const LISTS = String.raw`
@() | ConvertTo-Json -Compress
@('one') | ConvertTo-Json -Compress
@('one', 'two') | ConvertTo-Json -Compress
ConvertTo-Json -Compress -InputObject @{ list = @(@('one', 'two') | Sort-Object) }
`

/** The number by which .NET refuses a PFX with another password. */
const WRONG_PASSWORD = String.raw`
$bytes = [Convert]::FromBase64String($question)
try { New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 @(,$bytes, 'wrong') | Out-Null }
catch { '0x{0:x8} {1}' -f $_.Exception.GetBaseException().HResult, $_.Exception.GetBaseException().GetType().FullName }
`

const BUNDLE = String.raw`(Get-Item -LiteralPath $question).VersionInfo | Format-List *`

/** What Windows PowerShell 5.1 and .NET Framework answer. */
export const POWERSHELL: readonly Recording[] = [
  script('json-of-lists', LISTS),
  script('pfx-wrong-password', WRONG_PASSWORD, ({ pfx }) => pfx),
  script('hosting-bundle', BUNDLE, ({ bundle }) => bundle),
]

/** A script of {@link scriptArguments}; what it is asked is JSON. */
export function script(
  name: string,
  text: string,
  question: (place: Place) => string | object = () => '',
): Recording {
  const args = () => scriptArguments(text)
  return { name, tool: 'powershell', args, stdin: (place) => JSON.stringify(question(place)) }
}
