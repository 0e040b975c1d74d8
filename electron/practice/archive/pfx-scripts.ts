const crlf = (text: string) => text.replaceAll('\n', '\r\n')

/** Same parameters as the vendor documents for its script; the PFX gets no password, as the service expects. */
export const WINDOWS_SCRIPT = crlf(`# Practice copy. Needs openssl on the PATH.
param(
    [string]$pemPassword = "practice",
    [string]$outputPath = ".\\certificateDirectory",
    [int]$validDays = 1095
)
$ErrorActionPreference = "Stop"
New-Item -ItemType Directory -Force -Path $outputPath | Out-Null
$key = Join-Path $outputPath "key.pem"
$certificate = Join-Path $outputPath "certificate.pem"
& openssl req -x509 -newkey rsa:2048 -sha256 -days $validDays -subj "/CN=Practice Identity Service" -keyout $key -out $certificate -passout "pass:$pemPassword"
& openssl pkcs12 -export -inkey $key -in $certificate -passin "pass:$pemPassword" -passout "pass:" -out (Join-Path $outputPath "openssl.pfx")
Remove-Item $key, $certificate
`)

/** With the CRLF line ends of the shipped script: started as it is, it ends in "bad interpreter". */
export const LINUX_SCRIPT = crlf(`#!/bin/sh
# Practice copy. Usage: generate_pfx.sh PEM_PASSWORD FOLDER DAYS
set -e
mkdir -p "$2"
openssl req -x509 -newkey rsa:2048 -sha256 -days "$3" -subj "/CN=Practice Identity Service" -keyout "$2/key.pem" -out "$2/certificate.pem" -passout "pass:$1"
openssl pkcs12 -export -inkey "$2/key.pem" -in "$2/certificate.pem" -passin "pass:$1" -passout pass: -out "$2/openssl.pfx"
rm "$2/key.pem" "$2/certificate.pem"
`)
