// node build/windows/replace.ts --work DIR --name SITE --archive ZIP --http-port N [--database FILE.json] [--practice]
// Sets a website up, replaces its certificate by one with an ECDSA key and by one that Windows has issued, as a PFX with
// a password, and takes each back: the service has to sign with the former one every time.
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Answers } from '../../electron/contract/answers.ts'
import type { CertificateLook } from '../../electron/contract/certificate.ts'
import { copyJournals } from './artifacts.ts'
import {
  type CertificateRecord,
  holdSameRights,
  keepRecords,
  recordCertificates,
} from './certificate-record.ts'
import { footprintOf, holdEqual } from './footprint.ts'
import { issuePfx } from './issued-pfx.ts'
import { portOf, readOptions } from './options.ts'
import { programEnding, say } from './program.ts'
import { serverIn } from './server.ts'
import { answersFor, firewallRuleOf, folderOf } from './variants.ts'

const options = readOptions(process.argv.slice(2), ['work', 'name', 'archive', 'http-port'], ['database'])
const server = await serverIn(options.work, options.practice)
const { name } = options
const { around, target } = folderOf(server, name)
const records: CertificateRecord[] = []

await mkdir(around, { recursive: true })
const look = () => footprintOf(server, around, firewallRuleOf(name))
const answers = await writeAnswers()
const before = await look()
try {
  await programEnding(server, 0, ['apply', answers])
  const rsa = await proven('installed')

  await replace('ecdsa', ['--key', 'ECDSA-P256'])
  const ecdsa = await proven('with an ECDSA key', [rsa])

  const { files, passwordFile } = await issuePfx(server, name)
  const password = ['--password', `file:${passwordFile}`]
  const shown = []
  for (const file of files) {
    const { stdout } = await programEnding(server, 0, ['certificate', 'show', file, ...password, '--json'])
    shown.push((JSON.parse(stdout) as CertificateLook).certificate?.thumbprint)
  }
  if (new Set(shown).size !== 1)
    throw new Error(`The files hold different certificates: ${shown.join(', ')}.`)
  await replace('issued', ['--file', files[0]!, ...password])
  hold('The issued certificate', await proven('with the issued one', [rsa, ecdsa]), shown[0])

  await programEnding(server, 0, ['undo', '--target', target])
  hold('The ECDSA key', await proven('the issued one taken back'), ecdsa)
  await programEnding(server, 0, ['undo', '--target', target])
  hold('The first certificate', await proven('the ECDSA key taken back'), rsa)
  await programEnding(server, 0, ['undo', '--target', target])
  holdEqual('Taking it back', before, await look())
  say(`${name}: the certificate was replaced by an ECDSA key and by an issued PFX, and each was taken back.`)
} finally {
  await keepRecords(server, name, records)
  await copyJournals(server)
}

async function replace(what: string, wishes: readonly string[]): Promise<void> {
  const report = join(server.artifacts, `${name}-${what}.html`)
  await programEnding(server, 0, [
    'certificate',
    'replace',
    '--target',
    target,
    ...wishes,
    '--report',
    report,
  ])
}

/** The certificate that the service proves to sign with now: none of `former`. The files are recorded. */
async function proven(when: string, former: readonly string[] = []): Promise<string> {
  const { stdout } = await programEnding(server, 0, ['verify', '--target', target, '--json'])
  const { thumbprint } = (JSON.parse(stdout) as { certificate: { thumbprint: string } }).certificate
  if (former.includes(thumbprint)) throw new Error(`${when}: the service signs with ${thumbprint} as before.`)
  const record = await recordCertificates(server, target, when, thumbprint)
  records.push(record)
  holdSameRights(record)
  return thumbprint
}

function hold(what: string, now: string, wanted: string | undefined): void {
  if (now !== wanted) throw new Error(`${what} should sign now: ${wanted}. The service signs with ${now}.`)
  say(`Checked: ${what} signs.`)
}

async function writeAnswers(): Promise<string> {
  const httpPort = portOf(options['http-port'])
  const database =
    options.database === undefined
      ? {}
      : { database: JSON.parse(await readFile(options.database, 'utf8')) as Answers['database'] }
  const archive = resolve(options.archive)
  const wishes = { variant: 'http', name, archive, httpPort, httpsPort: httpPort, ...database } as const
  const file = join(server.work, `${name}.json`)
  await writeFile(file, JSON.stringify(answersFor(server, wishes), undefined, 2))
  return file
}
