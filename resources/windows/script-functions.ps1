# Functions of the scripts that the review page and the command line export. A script gets those that it uses.
# For Windows PowerShell 5.1; ASCII, and secrets as SecureString until they are needed.

# As programs on Windows take arguments apart: https://learn.microsoft.com/cpp/c-language/parsing-c-command-line-arguments
function ConvertTo-NativeArgument {
    param([string] $Text)
    if ($Text -ne '' -and $Text -notmatch '[ \t"]') { return $Text }
    '"' + ($Text -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') + '"'
}

# Runs a program of Windows, by its full path. Not by the call operator: that loses empty arguments and quotation marks.
function Get-NativeResult {
    param([string] $Program, [string[]] $Arguments, [string] $StandardInput = '')
    $start = New-Object System.Diagnostics.ProcessStartInfo
    $start.FileName = Join-Path $env:windir $Program
    $start.Arguments = @($Arguments | ForEach-Object { ConvertTo-NativeArgument $_ }) -join ' '
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    $output = $process.StandardOutput.ReadToEndAsync()
    $errors = $process.StandardError.ReadToEndAsync()
    # As bytes: a pipe of PowerShell would add a line end.
    $bytes = [System.Text.Encoding]::ASCII.GetBytes($StandardInput)
    $process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
    $process.StandardInput.Close()
    $process.WaitForExit()
    @{ ExitCode = $process.ExitCode; Output = $output.Result; Words = ($output.Result + $errors.Result).Trim() }
}

function Test-Success {
    param($Result)
    $Result.ExitCode -eq 0 -and -not $Result.Output.TrimStart().StartsWith('ERROR (')
}

function Invoke-Native {
    param([string] $Program, [string[]] $Arguments, [string] $StandardInput = '')
    $result = Get-NativeResult $Program $Arguments $StandardInput
    if (Test-Success $result) { return }
    throw ($Program + ' ended with exit code ' + $result.ExitCode + '. ' + $result.Words)
}

function Read-Secret {
    param([string] $Prompt)
    do { $answer = Read-Host -Prompt $Prompt -AsSecureString } while ($answer.Length -eq 0)
    $answer
}

function Get-PlainText {
    param([System.Security.SecureString] $Secret)
    (New-Object System.Management.Automation.PSCredential 'secret', $Secret).GetNetworkCredential().Password
}

# 32 characters by Windows' cryptographic source: every kind among them, a letter or digit at both ends, and no two
# signs side by side. So nothing on their way has to be escaped.
function New-Secret {
    $plain = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
    $source = [System.Security.Cryptography.RandomNumberGenerator]::Create()
    $byte = New-Object byte[] 1
    do {
        $text = ''
        while ($text.Length -lt 32) {
            $signs = $plain
            if ($text.Length -gt 0 -and $text.Length -lt 31) { $signs = $plain + '-_.' }
            $source.GetBytes($byte)
            # Above the last whole multiple, some signs would come more often than others.
            if ($byte[0] -lt 256 - 256 % $signs.Length) { $text += $signs[$byte[0] % $signs.Length] }
        }
    } until ($text -cmatch '[A-Z]' -and $text -cmatch '[a-z]' -and $text -match '[0-9]' -and $text -match '[-_.]' -and $text -notmatch '[-_.]{2}')
    ConvertTo-SecureString -String $text -AsPlainText -Force
}

function ConvertTo-JsonText {
    param([string] $Text)
    $short = @{ 8 = '\b'; 9 = '\t'; 10 = '\n'; 12 = '\f'; 13 = '\r'; 34 = '\"'; 92 = '\\' }
    $pieces = foreach ($sign in $Text.ToCharArray()) {
        $code = [int] $sign
        if ($short.ContainsKey($code)) { $short[$code] }
        elseif ($code -lt 32) { '\u{0:x4}' -f $code }
        else { [string] $sign }
    }
    -join $pieces
}

# https://learn.microsoft.com/dotnet/api/system.data.common.dbconnectionstringbuilder
function ConvertTo-ConnectionText {
    param([string] $Text, [string] $Quote = '')
    if ($Quote -eq '') {
        if ($Text -notmatch '[\s\p{Cc}"''=;]') { return $Text }
        $Quote = '"'
        if ($Text.Contains('"') -and -not $Text.Contains("'")) { $Quote = "'" }
    }
    $Quote + $Text.Replace($Quote, $Quote + $Quote) + $Quote
}

# ASCII, so that no code page can change a password on its way.
function ConvertTo-XmlText {
    param([string] $Text)
    if ($Text -match '[\x00-\x08\x0B\x0C\x0E-\x1F]') { throw 'The password holds a control character, which IIS cannot store.' }
    $pieces = for ($at = 0; $at -lt $Text.Length; $at++) {
        $code = [char]::ConvertToUtf32($Text, $at)
        if ($code -gt 0xFFFF) { $at++ }
        if ($code -ge 0x20 -and $code -le 0x7E -and '&<>"'''.IndexOf([char] $code) -lt 0) { [string] [char] $code }
        else { '&#x{0:X};' -f $code }
    }
    -join $pieces
}

# S-1-5-18 is SYSTEM, S-1-5-32-544 are the administrators.
function Protect-File {
    param([string] $Path)
    Invoke-Native 'System32\icacls.exe' @($Path, '/inheritance:r', '/grant:r', '*S-1-5-18:F', '*S-1-5-32-544:F', '/q')
}

# Its access is restricted before there is anything to read in it.
function New-PrivateFile {
    param([string] $Path)
    [System.IO.File]::Create($Path).Dispose()
    Protect-File $Path
}

function New-PrivateFolder {
    param([string] $Path)
    [void] [System.IO.Directory]::CreateDirectory($Path)
    $user = '*' + [System.Security.Principal.WindowsIdentity]::GetCurrent().User.Value + ':(OI)(CI)F'
    Invoke-Native 'System32\icacls.exe' @($Path, '/inheritance:r', '/grant:r', '*S-1-5-18:(OI)(CI)F', '*S-1-5-32-544:(OI)(CI)F', $user, '/q')
}

function New-Folder {
    param([string] $Path)
    [void] [System.IO.Directory]::CreateDirectory($Path)
}

function New-ParentFolder {
    param([string] $Path)
    $folder = [System.IO.Path]::GetDirectoryName($Path)
    if (-not [System.IO.Directory]::Exists($folder)) { New-PrivateFolder $folder }
}

function Write-TextFile {
    param([string] $Path, [string] $Text)
    New-ParentFolder $Path
    [System.IO.File]::WriteAllBytes($Path, (New-Object System.Text.UTF8Encoding $false).GetBytes($Text))
}

function Assert-Hash {
    param([byte[]] $Bytes, [string] $Hash, [string] $Name)
    $sum = [System.Security.Cryptography.SHA256]::Create().ComputeHash($Bytes)
    $found = -join @($sum | ForEach-Object { $_.ToString('x2') })
    if ($found -eq $Hash) { return }
    throw ($Name + ' is not the file that this script was made for. Make a script for the archive that is to be installed.')
}

# Changes single places of a text file; every other byte stays.
function Edit-TextFile {
    param([string] $Path, [string] $Hash, [object[]] $Edits, [bool] $Private)
    $bytes = [System.IO.File]::ReadAllBytes($Path)
    Assert-Hash $bytes $Hash $Path
    $marked = $bytes.Length -ge 3 -and $bytes[0] -eq 0xEF -and $bytes[1] -eq 0xBB -and $bytes[2] -eq 0xBF
    $encoding = New-Object System.Text.UTF8Encoding $marked, $true
    $mark = $encoding.GetPreamble()
    $text = $encoding.GetString($bytes, $mark.Length, $bytes.Length - $mark.Length)
    for ($at = $Edits.Count - 1; $at -ge 0; $at--) {
        $edit = $Edits[$at]
        $text = $text.Remove($edit.Offset, $edit.Old).Insert($edit.Offset, (-join $edit.New))
    }
    if ($Private) { Protect-File $Path }
    [System.IO.File]::WriteAllBytes($Path, [byte[]] ($mark + $encoding.GetBytes($text)))
}

function Assert-SourceFile {
    param([string] $Source, [string] $Name, [string] $Hash)
    if ([System.IO.Directory]::Exists($Source)) {
        $bytes = [System.IO.File]::ReadAllBytes([System.IO.Path]::Combine($Source, $Name))
    }
    else {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        $archive = [System.IO.Compression.ZipFile]::OpenRead($Source)
        try {
            $entry = $archive.GetEntry($Name)
            if ($null -eq $entry) { throw ($Source + ' holds no ' + $Name + '.') }
            $stream = $entry.Open()
            $memory = New-Object System.IO.MemoryStream
            $stream.CopyTo($memory)
            $bytes = $memory.ToArray()
        }
        finally { $archive.Dispose() }
    }
    Assert-Hash $bytes $Hash ($Name + ' in ' + $Source)
}

function Assert-FreeFolder {
    param([string] $Path)
    if ([System.IO.File]::Exists($Path)) { throw ($Path + ' is a file.') }
    if (-not [System.IO.Directory]::Exists($Path)) { return }
    if ([System.IO.Directory]::GetFileSystemEntries($Path).Length -eq 0) { return }
    throw ($Path + ' is not empty. This script installs into a new or empty folder.')
}

# Not Expand-Archive and Copy-Item: they take some characters of a path for a pattern.
function Copy-Service {
    param([string] $Source, [string] $Target)
    # An empty folder may have rights of its own.
    if ([System.IO.Directory]::Exists($Target)) { [System.IO.Directory]::Delete($Target) }
    New-PrivateFolder $Target
    if (-not [System.IO.Directory]::Exists($Source)) {
        Add-Type -AssemblyName System.IO.Compression.FileSystem
        [System.IO.Compression.ZipFile]::ExtractToDirectory($Source, $Target)
        return
    }
    $from = $Source.TrimEnd('\', '/')
    foreach ($file in [System.IO.Directory]::GetFiles($from, '*', 'AllDirectories')) {
        $to = $Target + $file.Substring($from.Length)
        [void] [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($to))
        [System.IO.File]::Copy($file, $to)
    }
}

# Windows makes a certificate in a store; from there it goes into the file, with its key and without a password.
function Move-ToPfx {
    param($Certificate, [string] $Path)
    try {
        New-ParentFolder $Path
        New-PrivateFile $Path
        [System.IO.File]::WriteAllBytes($Path, $Certificate.Export('Pfx'))
    }
    finally {
        Remove-Item -LiteralPath ('Cert:\LocalMachine\My\' + $Certificate.Thumbprint) -DeleteKey
        # Unverified on a real server: some versions put a copy without key among the issuers.
        $copy = 'Cert:\LocalMachine\CA\' + $Certificate.Thumbprint
        if (Test-Path -LiteralPath $copy) { Remove-Item -LiteralPath $copy }
    }
}

# The service opens the file with no password; access to it is restricted instead. The curve by its name, because not
# every reader takes its parameters: https://learn.microsoft.com/powershell/module/pki/new-selfsignedcertificate
# Unverified on a real server: that Windows exports a key on a curve as it does an RSA key.
function New-SigningPfx {
    param([string] $Path, [string] $Subject, [string] $KeyAlgorithm, [int] $KeyLength, [string] $HashAlgorithm, [int] $Days)
    $now = Get-Date
    if ($KeyAlgorithm -eq 'RSA') {
        $made = New-SelfSignedCertificate -Type Custom -Subject $Subject -FriendlyName 'Identity Service signing key' `
            -KeyAlgorithm RSA -KeyLength $KeyLength -HashAlgorithm $HashAlgorithm -KeyUsage DigitalSignature `
            -KeyExportPolicy Exportable -NotBefore $now.AddMinutes(-5) -NotAfter $now.AddDays($Days) `
            -CertStoreLocation 'Cert:\LocalMachine\My'
    }
    else {
        $made = New-SelfSignedCertificate -Type Custom -Subject $Subject -FriendlyName 'Identity Service signing key' `
            -KeyAlgorithm $KeyAlgorithm -CurveExport CurveName -HashAlgorithm $HashAlgorithm -KeyUsage DigitalSignature `
            -KeyExportPolicy Exportable -NotBefore $now.AddMinutes(-5) -NotAfter $now.AddDays($Days) `
            -CertStoreLocation 'Cert:\LocalMachine\My'
    }
    Move-ToPfx $made $Path
}

# An issued certificate with its chain, without the password of its file. Nothing keeps its key but the new file.
function Copy-SigningPfx {
    param([string] $Source, [System.Security.SecureString] $Password, [string] $Thumbprint, [string] $Path)
    if ((Get-OwnCertificate $Source $Password).Thumbprint -ne $Thumbprint) {
        throw ($Source + ' holds another certificate than the one that this script was made for.')
    }
    New-ParentFolder $Path
    New-PrivateFile $Path
    [System.IO.File]::WriteAllBytes($Path, (Open-Pfx $Source $Password 'MachineKeySet, Exportable').Export('Pfx'))
}

# DER, without its key.
function Export-SigningCertificate {
    param([string] $Path, [string] $Certificate)
    [System.IO.File]::WriteAllBytes($Certificate, (Get-OwnCertificate $Path).RawData)
}

# The names as text extensions, because -DnsName would call an address a name. 2.5.29.37: for servers only.
function New-HttpsPfx {
    param([string] $Path, [string] $Certificate, [string] $Subject, [string] $Names, [int] $Days)
    $now = Get-Date
    $made = New-SelfSignedCertificate -Type Custom -Subject $Subject -FriendlyName 'Identity Service HTTPS' `
        -KeyAlgorithm RSA -KeyLength 2048 -HashAlgorithm SHA256 -KeyUsage 'DigitalSignature', 'KeyEncipherment' `
        -KeyExportPolicy Exportable -NotBefore $now.AddMinutes(-5) -NotAfter $now.AddDays($Days) `
        -TextExtension '2.5.29.37={text}1.3.6.1.5.5.7.3.1', ('2.5.29.17={text}' + $Names) `
        -CertStoreLocation 'Cert:\LocalMachine\My'
    Move-ToPfx $made $Path
    Save-Pem $made $Certificate
}

# Without its key.
function Save-Pem {
    param($Certificate, [string] $Path)
    $base64 = [Convert]::ToBase64String($Certificate.RawData)
    $lines = for ($at = 0; $at -lt $base64.Length; $at += 64) { $base64.Substring($at, [Math]::Min(64, $base64.Length - $at)) }
    $text = (@('-----BEGIN CERTIFICATE-----') + $lines + '-----END CERTIFICATE-----') -join "`n"
    Write-TextFile $Path ($text + "`n")
}

function Open-Pfx {
    param([string] $Path, [System.Security.SecureString] $Password, [string] $Flags)
    $plain = ''
    if ($null -ne $Password) { $plain = Get-PlainText $Password }
    $opened = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2Collection
    $opened.Import([System.IO.File]::ReadAllBytes($Path), $plain, $Flags)
    # The comma keeps one certificate a collection.
    , $opened
}

# First without keeping its key, so that a file that is not wanted leaves none behind.
function Get-OwnCertificate {
    param([string] $Path, [System.Security.SecureString] $Password)
    $opened = Open-Pfx $Path $Password 'MachineKeySet'
    $own = @($opened | Where-Object { $_.HasPrivateKey })
    if ($own.Count -ne 1) { throw ($Path + ' holds ' + $own.Count + ' certificates with a private key instead of one.') }
    $own[0]
}

function Export-HttpsCertificate {
    param([string] $Path, [System.Security.SecureString] $Password, [string] $Certificate)
    Save-Pem (Get-OwnCertificate $Path $Password) $Certificate
}

function Add-ToStore {
    param([string] $Name, $Certificate)
    $store = New-Object System.Security.Cryptography.X509Certificates.X509Store $Name, 'LocalMachine'
    $store.Open('ReadWrite')
    try { $store.Add($Certificate) } finally { $store.Close() }
}

# Not Import-PfxCertificate: it takes some characters of a path for a pattern, and roots into the trusted ones. Without
# the flag Exportable the key stays on this machine.
function Import-HttpsCertificate {
    param([string] $Path, [System.Security.SecureString] $Password)
    $thumbprint = (Get-OwnCertificate $Path $Password).Thumbprint
    if (Test-Path -LiteralPath ('Cert:\LocalMachine\My\' + $thumbprint)) { return }
    foreach ($one in (Open-Pfx $Path $Password 'MachineKeySet, PersistKeySet')) {
        if ($one.Thumbprint -eq $thumbprint) { Add-ToStore 'My' $one }
        elseif ($one.Subject -ne $one.Issuer) { Add-ToStore 'CA' $one }
    }
}

# Of the first certificate in a PEM file, in lower case.
function Get-Thumbprint {
    param([string] $Path)
    $text = [System.IO.File]::ReadAllText($Path)
    $base64 = [regex]::Match($text, '-----BEGIN CERTIFICATE-----([^-]+)-----END').Groups[1].Value
    $certificate = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 (, [Convert]::FromBase64String($base64))
    $certificate.Thumbprint.ToLowerInvariant()
}

function Assert-StoredCertificate {
    param([string] $Thumbprint)
    $path = 'Cert:\LocalMachine\My\' + $Thumbprint
    if ((Test-Path -LiteralPath $path) -and (Get-Item -LiteralPath $path).HasPrivateKey) { return }
    throw ('The certificates of this computer, Personal, hold no ' + $Thumbprint + ' with its private key.')
}

function Assert-File {
    param([string] $Path)
    if (-not [System.IO.File]::Exists($Path)) { throw ('There is no file ' + $Path + '.') }
}

# Started, Stopped and so on, in every language of Windows; nothing when there is none of that name.
function Get-IisState {
    param([string] $Kind, [string] $Name)
    $result = Get-NativeResult 'System32\inetsrv\appcmd.exe' @('list', $Kind, '/xml')
    if (-not (Test-Success $result)) { throw ('IIS was not asked. ' + $result.Words) }
    $list = New-Object System.Xml.XmlDocument
    if ($result.Output.Trim() -eq '') { return }
    $list.LoadXml($result.Output.Trim())
    foreach ($object in $list.DocumentElement.ChildNodes) {
        if ($object.GetAttribute($Kind.ToUpperInvariant() + '.NAME') -eq $Name) { return $object.GetAttribute('state') }
    }
}

function Assert-NotInIis {
    param([string] $Kind, [string] $Name)
    if ($null -eq (Get-IisState $Kind $Name)) { return }
    throw ('IIS has an object "' + $Name + '" (' + $Kind + ') already. This script changes nothing that is there: choose another name, or use the setup program.')
}

# What was just made is taken up by the services of IIS within a second or two; until then an order is refused. A pool
# that runs gets new processes, so that the service reads its files.
function Start-InIis {
    param([string] $Kind, [string] $Name)
    $order = 'start'
    $before = Get-IisState $Kind $Name
    if ($Kind -eq 'apppool' -and $before -eq 'Started') { $order = 'recycle' }
    elseif ($before -eq 'Started') { return }
    for ($attempt = 1; ; $attempt++) {
        $result = Get-NativeResult 'System32\inetsrv\appcmd.exe' @($order, $Kind, $Name)
        $done = (Test-Success $result) -or $order -eq 'start'
        if ($done -and (Get-IisState $Kind $Name) -eq 'Started') { return }
        if ($attempt -ge 10) { throw ('"' + $Name + '" (' + $Kind + ') does not start. ' + $result.Words) }
        Start-Sleep -Milliseconds 500
    }
}

function Assert-NoCertificateBinding {
    param([string] $Endpoint)
    $result = Get-NativeResult 'System32\netsh.exe' @('http', 'show', 'sslcert', $Endpoint)
    if ($result.ExitCode -ne 0 -or $result.Output -notmatch '[0-9A-Fa-f]{40}') { return }
    throw ('A certificate is bound to ' + $Endpoint + ' already. This script changes nothing that is there: choose another port or name, or use the setup program.')
}

function Assert-NoFirewallRule {
    param([string] $Name)
    $rule = Get-NetFirewallRule -Name $Name -ErrorAction SilentlyContinue
    if ($null -ne $rule) { throw ('Windows Firewall has a rule ' + $Name + ' already.') }
}

function Add-FirewallRule {
    param([string] $Name, [string] $DisplayName, [string[]] $Ports)
    New-NetFirewallRule -Name $Name -DisplayName $DisplayName -Direction Inbound -Action Allow `
        -Protocol TCP -LocalPort $Ports -Profile 'Domain', 'Private' -ErrorAction Stop | Out-Null
}

# One question by HTTP. With HTTPS the server has to show exactly this certificate: so a self-signed one can be told
# from any other, and nothing that this PowerShell does elsewhere trusts more than before.
function Get-HttpAnswer {
    param([System.Uri] $Address, [string] $Thumbprint)
    $client = New-Object System.Net.Sockets.TcpClient
    try {
        $client.SendTimeout = 5000
        $client.ReceiveTimeout = 5000
        $client.Connect($Address.DnsSafeHost, $Address.Port)
        $stream = $client.GetStream()
        if ($Address.Scheme -eq 'https') {
            $isExpected = [System.Net.Security.RemoteCertificateValidationCallback] {
                param($connection, $certificate)
                $certificate.GetCertHashString() -eq $Thumbprint
            }
            $stream = New-Object System.Net.Security.SslStream $stream, $false, $isExpected
            $stream.AuthenticateAsClient($Address.DnsSafeHost, $null, 'Tls12', $false)
        }
        $lines = ('GET ' + $Address.PathAndQuery + ' HTTP/1.0'), ('Host: ' + $Address.Authority), 'Accept: application/json', '', ''
        $request = [System.Text.Encoding]::ASCII.GetBytes($lines -join "`r`n")
        $stream.Write($request, 0, $request.Length)
        (New-Object System.IO.StreamReader $stream).ReadToEnd()
    }
    finally { $client.Close() }
}

function Wait-Service {
    param([string] $Url, [string] $Certificate, [int] $Seconds)
    $thumbprint = ''
    if ($Certificate -ne '') { $thumbprint = Get-Thumbprint $Certificate }
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while ($true) {
        try { $answer = Get-HttpAnswer $Url $thumbprint }
        catch { $answer = $_.Exception.GetBaseException().Message }
        if ($answer -match '^HTTP/1\.[01] 200 ' -and $answer.Contains('"token_endpoint"')) { return }
        if ($clock.Elapsed.TotalSeconds -gt $Seconds) { break }
        Start-Sleep -Milliseconds 500
    }
    throw ($Url + ' does not answer as the Identity Service does. Its last answer: ' + ($answer -split "`n")[0].Trim() +
        '. Look into the event log Application, sources IIS AspNetCore Module V2 and .NET Runtime.')
}
