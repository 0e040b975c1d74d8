# Imports a PFX into LocalMachine\My, and the issuers that it brings into LocalMachine\CA. Takes {pfx, password}, the
# PFX in Base64; answers {keys, thumbprint, added: [{store, thumbprint}]}. What is there already is left as it is.

function Open-Pfx($question, [string] $flags) {
    $opened = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2Collection
    $opened.Import([Convert]::FromBase64String($question.pfx), [string] $question.password, $flags)
    # The comma keeps one certificate a collection.
    , $opened
}

function Add-ToStore($name, $certificate) {
    $store = New-Object System.Security.Cryptography.X509Certificates.X509Store $name, 'LocalMachine'
    $store.Open('ReadWrite')
    try {
        $store.Add($certificate)
        @{ store = $name; thumbprint = $certificate.Thumbprint }
    }
    finally { $store.Close() }
}

function Test-Stored($name, $certificate) {
    Test-Path -LiteralPath "Cert:\LocalMachine\$name\$($certificate.Thumbprint)"
}

Send-Answer {
    param($question)
    # First without keeping the key, so that a file that is not wanted leaves none behind.
    $look = Open-Pfx $question 'MachineKeySet'
    $own = @($look | Where-Object { $_.HasPrivateKey })
    if ($own.Count -eq 1) { $thumbprint = $own[0].Thumbprint; $stored = Test-Stored 'My' $own[0] }
    $look | ForEach-Object { $_.Dispose() }
    if ($own.Count -ne 1) { return @{ keys = $own.Count; added = @() } }
    if ($stored) { return @{ keys = 1; thumbprint = $thumbprint; added = @() } }

    # Without the flag Exportable the key stays on this machine.
    $all = Open-Pfx $question 'MachineKeySet, PersistKeySet'
    $added = @(
        $all | Where-Object { $_.Thumbprint -eq $thumbprint } | ForEach-Object { Add-ToStore 'My' $_ }
        $all | Where-Object { $_.Thumbprint -ne $thumbprint -and $_.Subject -ne $_.Issuer } |
            Where-Object { -not (Test-Stored 'CA' $_) } | ForEach-Object { Add-ToStore 'CA' $_ }
    )
    @{ keys = 1; thumbprint = $thumbprint; added = $added }
}
