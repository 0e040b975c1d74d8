import { readdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { readRights } from '../../electron/windows/acl-file.ts'
import { runRaw, type Server } from './server.ts'

/** The certificates of a service at one moment. */
export interface CertificateRecord {
  readonly when: string
  /** SHA-1 of the certificate that the service has proven to sign with. */
  readonly proven: string
  readonly files: readonly {
    readonly name: string
    /** The access list as icacls saves it, read by the program. */
    readonly rights: object
    /** Windows' own reading of the file, without a password. Base64, because its encoding is not known. */
    readonly certutil: { readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  }[]
}

/** Looks at the PFX of a service and at the copies beside it. */
export async function recordCertificates(
  server: Server,
  target: string,
  when: string,
  proven: string,
): Promise<CertificateRecord> {
  const names = (await readdir(target)).filter((name) => /^openssl.*\.pfx$/.test(name)).toSorted()
  const files = []
  for (const name of names) {
    const path = join(target, name)
    const rights = await readRights(server.machine, path, server.work)
    const { exitCode, stdout, stderr } = await runRaw(server, 'certutil.exe', ['-p', '', '-dump', path])
    const certutil = { exitCode, stdout: stdout.toString('base64'), stderr: stderr.toString('base64') }
    files.push({ name, rights, certutil })
  }
  return { when, proven, files }
}

/**
 * Holds the copies against the PFX: whoever may read one may read the others, and nobody else.
 * @throws Error that names the file
 */
export function holdSameRights({ when, files }: CertificateRecord): void {
  const [first, ...others] = files.map(({ name, rights }) => ({ name, rights: JSON.stringify(rights) }))
  const other = others.find(({ rights }) => rights !== first!.rights)
  if (other) throw new Error(`${when}: ${other.name} has other rights than ${first!.name}.`)
}

export async function keepRecords(
  { artifacts }: Server,
  name: string,
  records: readonly CertificateRecord[],
): Promise<void> {
  await writeFile(
    join(artifacts, `${basename(name)}-certificates.json`),
    JSON.stringify(records, undefined, 2),
  )
}
