# Stands before each script of this folder. Reads one JSON document from standard input, hands it to the work of the
# script and writes one JSON document to standard output: {"answer":...}, {"failed":...} or {"refused":...}.
# For Windows PowerShell 5.1. Nothing in these files is secret: their text is visible to every process lister.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# An administrator's policy may forbid scripts to use .NET. What follows would then fail at its first line.
if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    '{"refused":"' + $ExecutionContext.SessionState.LanguageMode + '"}'
    exit 0
}

# Bytes, because the console's own encoding is a code page of the country.
$utf8 = New-Object System.Text.UTF8Encoding $false

function Read-Question {
    $reader = New-Object System.IO.StreamReader ([Console]::OpenStandardInput()), $utf8
    # The message of a failure would repeat the question, and that may hold a password.
    try { ConvertFrom-Json -InputObject $reader.ReadToEnd() } catch { throw 'The question is not JSON.' }
}

function Write-Reply($reply) {
    $bytes = $utf8.GetBytes((ConvertTo-Json -InputObject $reply -Depth 8 -Compress))
    $output = [Console]::OpenStandardOutput()
    $output.Write($bytes, 0, $bytes.Length)
    $output.Flush()
}

# The work gets the question and returns one hashtable. Lists stand inside it, made by @( ): so none and one stay lists.
function Send-Answer([scriptblock] $work) {
    try {
        Write-Reply @{ answer = & $work (Read-Question) }
    }
    catch {
        $cause = $_.Exception.GetBaseException()
        Write-Reply @{ failed = @{
                type = $cause.GetType().FullName
                hresult = $cause.HResult
                native = $cause.NativeErrorCode
                message = $cause.Message
            }
        }
        exit 1
    }
}
