# Certificates of the store LocalMachine\My. Takes {}; answers {certificates: [{raw, friendlyName, hasPrivateKey, key,
# eku, chain}]}: raw and chain in Base64, key one of machine, user, none, unreadable.

# HTTP.sys needs the key in the machine's key store. Without an administrator's rights it often cannot be told.
function Get-KeyPlace($certificate) {
    if (-not $certificate.HasPrivateKey) { return 'none' }
    try {
        $key = [System.Security.Cryptography.X509Certificates.RSACertificateExtensions]::GetRSAPrivateKey($certificate)
        if ($null -eq $key) {
            $key = [System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($certificate)
        }
        if ($null -ne $key.Key) { $machine = $key.Key.IsMachineKey }
        else { $machine = $key.CspKeyContainerInfo.MachineKeyStore }
        if ($null -eq $machine) { return 'unreadable' }
        if ($machine) { 'machine' } else { 'user' }
    }
    catch { 'unreadable' }
}

# The issuers that this machine finds, the nearest first. Whether one is revoked is not asked: that needs the network.
function Get-Issuers($certificate) {
    $chain = New-Object System.Security.Cryptography.X509Certificates.X509Chain
    $chain.ChainPolicy.RevocationMode = 'NoCheck'
    $chain.ChainPolicy.UrlRetrievalTimeout = [TimeSpan]::FromSeconds(1)
    [void] $chain.Build($certificate)
    $chain.ChainElements | Select-Object -Skip 1 | ForEach-Object { [Convert]::ToBase64String($_.Certificate.RawData) }
}

function Get-Facts($certificate) {
    @{
        raw = [Convert]::ToBase64String($certificate.RawData)
        friendlyName = [string] $certificate.FriendlyName
        hasPrivateKey = [bool] $certificate.HasPrivateKey
        key = Get-KeyPlace $certificate
        eku = @($certificate.EnhancedKeyUsageList | ForEach-Object { $_.ObjectId })
        chain = @(Get-Issuers $certificate)
    }
}

Send-Answer {
    @{ certificates = @(Get-ChildItem -Path Cert:\LocalMachine\My | ForEach-Object { Get-Facts $_ }) }
}
