import { X509Certificate } from 'node:crypto'
import { readPfx } from '../../service/pfx.ts'
import { answer, type SimulatedTool } from '../tool.ts'
import { readsPfx } from './scripts/import-certificate.ts'
import { win32Text } from './win32-errors.ts'

const [NOT_FOUND, WRONG_PASSWORD, BAD_ARGUMENTS] = [2, 86, 87]

/**
 * certutil -p PASSWORD -dump FILE: lists the certificates of a PFX. Unverified on a real server: what stands around
 * them, and that the exit code is the error as an HRESULT.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/certutil
 */
export const certutil: SimulatedTool = async ({ args }, server) => {
  const failed = (error: number) => {
    const code = (0x8007_0000 | error) >>> 0
    const text = win32Text(error, server.state.system.language)
    const lines = [
      `CertUtil: -dump command FAILED: 0x${code.toString(16)} (WIN32: ${error})`,
      `CertUtil: ${text}`,
    ]
    return answer(server, code, `${lines.join('\r\n')}\r\n`)
  }
  const [option, password, verb, path] = args
  if (option !== '-p' || password === undefined || verb !== '-dump' || path === undefined)
    return failed(BAD_ARGUMENTS)
  const bytes = await server.real.files.read(path)
  if (!bytes) return failed(NOT_FOUND)
  const contents = readsPfx(bytes, server)
    ? await readPfx(Buffer.from(bytes), password).catch(() => undefined)
    : undefined
  if (!contents) return failed(WRONG_PASSWORD)
  const lines = contents.certificates.flatMap((der, at) => {
    const { issuer, subject, fingerprint } = new X509Certificate(der)
    return [
      `================ Certificate ${at} ================`,
      `================ Begin Nesting Level 1 ================`,
      `Issuer: ${issuer}`,
      `Subject: ${subject}`,
      `Cert Hash(sha1): ${fingerprint.replaceAll(':', '').toLowerCase()}`,
      `----------------  End Nesting Level 1  ----------------`,
    ]
  })
  return answer(server, 0, [...lines, 'CertUtil: -dump command completed successfully.', ''].join('\r\n'))
}
