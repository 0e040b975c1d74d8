# Removes a certificate of the machine, and with it its private key. Takes {store, thumbprint}, the store My or CA;
# answers {removed}: false when there was none.
Send-Answer {
    param($question)
    $path = "Cert:\LocalMachine\$($question.store)\$($question.thumbprint)"
    if (-not (Test-Path -LiteralPath $path)) { return @{ removed = $false } }
    if ((Get-Item -LiteralPath $path).HasPrivateKey) { Remove-Item -LiteralPath $path -DeleteKey }
    else { Remove-Item -LiteralPath $path }
    @{ removed = $true }
}
