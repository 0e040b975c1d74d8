import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openssl } from './openssl.ts'

/** Keys as `openssl req -newkey` takes them. */
const newKey = {
  rsa: ['rsa:2048'],
  'rsa-1024': ['rsa:1024'],
  'p-256': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  'p-384': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384'],
  'p-521': ['ec', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  'p-256k': ['ec', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  ed25519: ['ed25519'],
} as const

export type NewKey = keyof typeof newKey

/** A folder where openssl makes certificates: `NAME.crt` and `NAME.key`, PEM, the key not encrypted. */
export class Workshop {
  readonly folder: string

  private constructor(folder: string) {
    this.folder = folder
  }

  static async open(): Promise<Workshop> {
    return new Workshop(await mkdtemp(join(tmpdir(), 'certificate-workshop-')))
  }

  close(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true })
  }

  at(name: string): string {
    return join(this.folder, name)
  }

  read(name: string): Promise<Buffer> {
    return readFile(this.at(name))
  }

  text(name: string): Promise<string> {
    return readFile(this.at(name), 'utf8')
  }

  async write(name: string, bytes: string | Uint8Array): Promise<string> {
    await writeFile(this.at(name), bytes)
    return this.at(name)
  }

  /** A certificate that signs itself; an authority's unless `extensions` say otherwise. */
  async selfSigned(name: string, key: NewKey = 'rsa', options: readonly string[] = []): Promise<void> {
    const subject = options.includes('-subj') ? [] : ['-subj', `/CN=${name}`]
    const files = ['-keyout', this.at(`${name}.key`), '-out', this.at(`${name}.crt`)]
    await openssl(['req', '-x509', '-newkey', ...newKey[key], '-nodes', ...subject, ...files, ...options])
  }

  /** A certificate that another of this folder issues. */
  async issued(name: string, issuer: string, extensions: string, key: NewKey = 'rsa'): Promise<void> {
    const request = [
      '-subj',
      `/CN=${name}`,
      '-keyout',
      this.at(`${name}.key`),
      '-out',
      this.at(`${name}.csr`),
    ]
    await openssl(['req', '-new', '-newkey', ...newKey[key], '-nodes', ...request])
    await writeFile(this.at('extensions.txt'), extensions)
    const by = ['-CA', this.at(`${issuer}.crt`), '-CAkey', this.at(`${issuer}.key`), '-CAcreateserial']
    const files = ['-in', this.at(`${name}.csr`), '-out', this.at(`${name}.crt`)]
    await openssl(['x509', '-req', ...files, ...by, '-days', '90', '-extfile', this.at('extensions.txt')])
  }

  /** A PFX of such a certificate. The password goes in by a file: that is how openssl takes UTF-8 from everywhere. */
  async pfx(name: string, password: string, options: readonly string[] = []): Promise<Buffer> {
    await writeFile(this.at('password.txt'), `${password}\n`)
    const files = ['-in', this.at(`${name}.crt`), '-out', this.at('out.pfx')]
    const key = options.includes('-nokeys') ? [] : ['-inkey', this.at(`${name}.key`)]
    await openssl([
      'pkcs12',
      '-export',
      ...files,
      ...key,
      '-passout',
      `file:${this.at('password.txt')}`,
      ...options,
    ])
    return this.read('out.pfx')
  }

  /** Converts by openssl: its arguments, with `IN` and `OUT` for files. Returns what was written. */
  async convert(input: string | Buffer, args: readonly string[]): Promise<Buffer> {
    await writeFile(this.at('convert.in'), input)
    const named: Readonly<Record<string, string>> = { IN: this.at('convert.in'), OUT: this.at('convert.out') }
    await openssl(args.map((each) => named[each] ?? each))
    return this.read('convert.out')
  }
}

/** A PEM block, its line ends as wished. */
export function pemOf(label: string, der: Uint8Array, end = '\n'): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join(end)
}

/** An authority's certificate, as openssl's `-extfile` takes it. */
export const AUTHORITY =
  'basicConstraints=critical,CA:true\nkeyUsage=keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n'

/** One for signing. */
export const SIGNER =
  'basicConstraints=CA:false\nkeyUsage=critical,digitalSignature\nauthorityKeyIdentifier=keyid\n'
