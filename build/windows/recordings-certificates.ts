import type { Place, Recording } from './recording.ts'
import { script } from './recordings-powershell.ts'

/** .NET Framework's reading of PFX files without a password. */
const READ_PFX = String.raw`
foreach ($file in $question) {
  try {
    $read = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 @($file, '')
    '{0} key: {1}' -f $read.PublicKey.Oid.FriendlyName, $read.HasPrivateKey
  }
  catch { '0x{0:x8}' -f $_.Exception.GetBaseException().HResult }
}
`

/** Whether a key on a curve can be exported, is found again in the file, and what is left among the issuers. */
const MAKE_ECDSA_PFX = String.raw`
$made = New-SelfSignedCertificate -Type Custom -Subject 'CN=Recording' -KeyAlgorithm ECDSA_nistP256 -CurveExport CurveName ${'`'}
  -HashAlgorithm SHA256 -KeyUsage DigitalSignature -KeyExportPolicy Exportable -CertStoreLocation 'Cert:\LocalMachine\My'
$copy = 'Cert:\LocalMachine\CA\' + $made.Thumbprint
try {
  'copy among the issuers: {0}' -f (Test-Path -LiteralPath $copy)
  $bytes = $made.Export('Pfx')
  $read = New-Object System.Security.Cryptography.X509Certificates.X509Certificate2 @($bytes, '')
  'bytes: {0}, key: {1}, parameters: {2}' -f $bytes.Length, $read.HasPrivateKey, $read.GetKeyAlgorithmParametersString()
}
finally {
  Remove-Item -LiteralPath ('Cert:\LocalMachine\My\' + $made.Thumbprint) -DeleteKey
  if (Test-Path -LiteralPath $copy) { Remove-Item -LiteralPath $copy }
}
`

/** How Windows itself reads the signing certificates that the program makes, and makes one. */
export const CERTIFICATES: readonly Recording[] = [
  dump('pfx-aes-256-dump', '', ({ signing }) => signing.aes256),
  dump('pfx-3des-dump', '', ({ signing }) => signing.tripleDes),
  dump('pfx-ecdsa-dump', '', ({ signing }) => signing.ecdsa),
  dump('pfx-wrong-password-dump', 'wrong', ({ signing }) => signing.aes256),
  dump('pfx-missing-dump', '', ({ folder }) => `${folder}.missing.pfx`),
  script('pfx-read-by-net', READ_PFX, ({ signing }) => Object.values(signing)),
  script('pfx-ecdsa-made-by-windows', MAKE_ECDSA_PFX),
]

function dump(name: string, password: string, file: (place: Place) => string): Recording {
  return { name, tool: 'certutil.exe', args: (place) => ['-p', password, '-dump', file(place)] }
}
