# A hosting bundle installer. Takes {action, file, sha256}, the action one of look, install, repair, uninstall; looking
# answers {status, signer, product, version, sha256}, the others {changed} or {exitCode}.

Send-Answer {
    param($question)
    # Held against writing and replacing: what is looked at is what is started.
    $held = [System.IO.File]::Open($question.file, 'Open', 'Read', 'Read')
    try {
        $sha256 = (Get-FileHash -LiteralPath $question.file -Algorithm SHA256).Hash
        if ($question.action -eq 'look') {
            $signature = Get-AuthenticodeSignature -LiteralPath $question.file
            $version = (Get-Item -LiteralPath $question.file).VersionInfo
            return @{
                status = [string] $signature.Status
                signer = [string] $signature.SignerCertificate.Subject
                product = [string] $version.ProductName
                version = [string] $version.ProductVersion
                sha256 = $sha256
            }
        }
        if ($sha256 -ne $question.sha256) { return @{ changed = $true } }
        $start = New-Object System.Diagnostics.ProcessStartInfo
        $start.FileName = $question.file
        $start.Arguments = "/$($question.action) /quiet /norestart"
        # Not by the shell: for a downloaded file it asks whether to run it, and nobody would see that.
        $start.UseShellExecute = $false
        $start.CreateNoWindow = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $process.WaitForExit()
        @{ exitCode = $process.ExitCode }
    }
    finally { $held.Dispose() }
}
