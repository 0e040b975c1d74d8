import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const openssl = (args: readonly string[]): Promise<unknown> => promisify(execFile)('openssl', args)

interface PfxOptions {
  /** Default RSA. */
  readonly key?: 'rsa' | 'ec'
  /** Default empty, as the service needs it. */
  readonly password?: string
  /** Default true. */
  readonly withKey?: boolean
}

/** Has openssl make a self-signed PFX, so that the service is tested without the program's own certificates. */
export async function makePfx(folder: string, name: string, options: PfxOptions = {}): Promise<string> {
  const [key, certificate, pfx] = ['.key', '.crt', '.pfx'].map((end) => join(folder, `${name}${end}`)) as [
    string,
    string,
    string,
  ]
  const kind = options.key === 'ec' ? ['ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'] : ['rsa:2048']
  const subject = ['-subj', `/CN=${name}`, '-days', '30']
  await openssl([
    'req',
    '-x509',
    '-newkey',
    ...kind,
    '-nodes',
    '-keyout',
    key,
    '-out',
    certificate,
    ...subject,
  ])
  const parts = options.withKey === false ? ['-nokeys'] : ['-inkey', key]
  const password = `pass:${options.password ?? ''}`
  await openssl(['pkcs12', '-export', ...parts, '-in', certificate, '-out', pfx, '-passout', password])
  await rm(key)
  return pfx
}
