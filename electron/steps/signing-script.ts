import { extname } from 'node:path'
import { hashFor } from '../certificate/keys.ts'
import { windowsName } from '../certificate/windows-name.ts'
import { besidePfx } from '../certificate/write-files.ts'
import { call, check, type ScriptPart } from '../setup/script-parts.ts'
import { notScriptable } from '../setup/script-problem.ts'
import type { CertificateInput, ExportInput } from './certificate-input.ts'

/**
 * How a script has Windows make the PFX, or take an issued one without its password.
 * @throws SetupError `script.certificate-from-file` for what Windows PowerShell 5.1 cannot open
 */
export function signingScript(input: CertificateInput): readonly ScriptPart[] {
  return [...aboutProfile(input), ...(input.source.from === 'new' ? madeAnew(input) : taken(input))]
}

/**
 * How a script writes what is wanted beside the PFX.
 * @throws SetupError `script.pem-key`
 */
export function exportScript({ pfx, pemPassword }: ExportInput): readonly ScriptPart[] {
  const { cer, key } = besidePfx(pfx)
  if (pemPassword)
    throw notScriptable(
      'pem-key',
      'Windows PowerShell 5.1 has nothing that writes an encrypted private key as PEM.',
      'Install with this program, or leave the PEM pair out.',
      key,
    )
  return [call('Export-SigningCertificate', { Path: pfx, Certificate: cer })]
}

/**
 * .NET Framework hands over no wish about the encryption, and then Windows takes the older one.
 * https://learn.microsoft.com/windows/win32/api/wincrypt/nf-wincrypt-pfxexportcertstoreex
 */
function aboutProfile({ profile }: CertificateInput): readonly ScriptPart[] {
  const text =
    'Windows PowerShell writes the PFX with 3DES and SHA-1, which every Windows opens. Without a password no encryption keeps the key secret: access to the file does.'
  return profile === '3DES' ? [] : [{ part: 'note', text }]
}

function madeAnew({ path, source }: CertificateInput): readonly ScriptPart[] {
  if (source.from !== 'new') return []
  const { key, hash, subject, days } = source
  const [kind, size] = key.split('-') as [string, string]
  return [
    call('New-SigningPfx', {
      Path: path,
      Subject: windowsName(subject),
      KeyAlgorithm: kind === 'RSA' ? 'RSA' : `ECDSA_nist${size}`,
      ...(kind === 'RSA' ? { KeyLength: Number(size) } : {}),
      HashAlgorithm: hashFor(key, hash).replace('-', ''),
      Days: days,
    }),
  ]
}

function taken({ path, source }: CertificateInput): readonly ScriptPart[] {
  if (source.from !== 'file') return []
  const { file, privateKey, password, thumbprint } = source
  if (privateKey !== undefined || !/^\.(pfx|p12)$/i.test(extname(file)))
    throw notScriptable(
      'certificate-from-file',
      'Windows PowerShell 5.1 opens a certificate together with its private key from a PFX only.',
      'Make a PFX of it with “identity-setup certificate complete” and choose that, or install with this program.',
      file,
    )
  return [
    check('Assert-File', { Path: file }),
    call('Copy-SigningPfx', {
      Source: file,
      ...(password
        ? { Password: { name: 'signingPassword', from: 'ask', what: `Password of ${file}` } }
        : {}),
      Thumbprint: thumbprint,
      Path: path,
    }),
  ]
}
