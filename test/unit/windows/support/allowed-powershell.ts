import type { Allowed } from './powershell-syntax.ts'

/**
 * What this program's own scripts may use: cmdlets of Windows PowerShell 5.1 on Windows Server 2016 and later, with
 * the parameters that its documentation names for them, and types of .NET Framework 4.6.
 * https://learn.microsoft.com/powershell/module/?view=powershell-5.1
 */
export const OWN_SCRIPTS: Allowed = {
  commands: {
    // The work of a script, which is a part of the same text.
    '& $work': [],
    'Add-Type': ['-PassThru', '-Namespace', '-Name', '-MemberDefinition'],
    'ConvertFrom-Json': ['-InputObject'],
    'ConvertTo-Json': ['-InputObject', '-Depth', '-Compress'],
    'ForEach-Object': [],
    'Get-AuthenticodeSignature': ['-LiteralPath'],
    'Get-ChildItem': ['-Path'],
    'Get-FileHash': ['-LiteralPath', '-Algorithm'],
    'Get-Item': ['-LiteralPath'],
    'Get-NetFirewallPortFilter': ['-AssociatedNetFirewallRule', '-ErrorAction'],
    'Get-NetFirewallRule': ['-Name', '-ErrorAction'],
    'New-NetFirewallRule': [
      '-Name',
      '-DisplayName',
      '-Direction',
      '-Action',
      '-Protocol',
      '-LocalPort',
      '-Profile',
      '-ErrorAction',
    ],
    'New-Object': [],
    'Out-Null': [],
    'Remove-Item': ['-LiteralPath', '-DeleteKey'],
    'Remove-NetFirewallRule': ['-Name', '-ErrorAction'],
    'Select-Object': ['-Skip'],
    'Test-Path': ['-LiteralPath'],
    'Where-Object': [],
  },
  types: [
    'bool',
    'Console',
    'Convert',
    'Environment',
    'scriptblock',
    'string',
    'System.Diagnostics.Process',
    'System.Diagnostics.ProcessStartInfo',
    'System.IO.File',
    'System.IO.StreamReader',
    'System.Security.Cryptography.X509Certificates.ECDsaCertificateExtensions',
    'System.Security.Cryptography.X509Certificates.RSACertificateExtensions',
    'System.Security.Cryptography.X509Certificates.X509Certificate2Collection',
    'System.Security.Cryptography.X509Certificates.X509Chain',
    'System.Security.Cryptography.X509Certificates.X509Store',
    'System.Security.Principal.IdentityNotMappedException',
    'System.Security.Principal.NTAccount',
    'System.Security.Principal.SecurityIdentifier',
    'System.Text.UTF8Encoding',
    'TimeSpan',
    'void',
  ],
}
