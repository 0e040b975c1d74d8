import { createPrivateKey } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRequest } from '../../../electron/certificate/requests/request.ts'
import { keepRequest } from '../../../electron/certificate/requests/pending-requests.ts'
import { certificateIn } from '../../../electron/hosts/session/current-certificate.ts'
import { reportOf } from '../../../electron/hosts/session/report-of.ts'
import type { Command } from '../../../electron/machine/machine.ts'
import { reportHtml } from '../../../electron/report/page.ts'
import { reportJson } from '../../../electron/report/report.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { openssl } from '../certificate/openssl.ts'
import { SIGNER, Workshop } from '../certificate/workshop.ts'
import { SECRETS } from '../iis/iis-place.ts'
import {
  machineOf,
  makeServicePlace,
  ReplaceLife,
  replaceAnswers,
  undoNewest,
  type Certificate,
  type ServicePlace,
} from './service-place.ts'

const PASSWORDS = { file: 'Canary-file-6h1ü', pem: 'Canary_Pem-7x!Quartz#4' }

let place: ServicePlace
let workshop: Workshop

beforeAll(async () => {
  workshop = await Workshop.open()
  place = await makeServicePlace()
}, 120_000)
afterAll(async () => {
  await place.remove()
  await workshop.close()
})

type Looked = Readonly<Record<string, (bytes: Buffer) => boolean>>

/** Passwords and the client's secret in any spelling a redactor knows. */
function texts(secrets: Readonly<Record<string, string>>): Looked {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, secret]) => {
      const redactor = new Redactor()
      redactor.register(new Secret(secret))
      const has = (text: string) => redactor.redact(text) !== text
      return [name, (bytes: Buffer) => has(bytes.toString('utf8')) || has(bytes.toString('utf16le'))]
    }),
  )
}

/** The private key, as PEM in the clear or as it lies in one, and tokens. */
function keyAndTokens(pem: string): Looked {
  const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' })
  const raw = Buffer.from(d, 'base64url')
  const body = Buffer.from(pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
  const spellings = [raw, body.subarray(26, 120)].flatMap((bytes) => [
    bytes,
    ...(['base64', 'base64url', 'hex'] as const).map((how) => Buffer.from(bytes.toString(how).slice(0, 60))),
  ])
  return {
    key: (bytes) =>
      /BEGIN (?:RSA |EC )?PRIVATE KEY/.test(bytes.toString('latin1')) ||
      spellings.some((spelling) => bytes.includes(spelling)),
    token: (bytes) => /eyJ[\w-]{10,}\.eyJ[\w-]+\.[\w-]+/.test(bytes.toString('latin1')),
  }
}

function leaks(looked: Looked, told: string | Buffer): string[] {
  return Object.entries(looked).flatMap(([name, has]) => (has(Buffer.from(told)) ? [name] : []))
}

/** Files below a folder, but the database's own, that hold what is looked for. */
async function holders(looked: Looked): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {}
  for (const name of await readdir(place.root, { recursive: true })) {
    const path = join(place.root, name)
    if (name.startsWith('postgres') || !(await stat(path)).isFile()) continue
    const inside = leaks(looked, await readFile(path))
    if (inside.length > 0) found[name] = inside
  }
  return found
}

/** Carries a replacement out and collects every word that leaves the program. */
async function toldBy(certificate: Certificate) {
  const real = machineOf(place)
  const started: string[] = []
  const run = (command: Command) => {
    const { args, env = {} } = command
    const decoded = args.map((each) => Buffer.from(each, 'base64').toString('utf16le'))
    started.push(JSON.stringify([args, env, command.stdin ?? '']), args.join(' '), ...decoded)
    return real.processes.run(command)
  }
  const life = new ReplaceLife(place, { ...real, processes: { ...real.processes, run } }, PASSWORDS)
  const prepared = await life.prepare(replaceAnswers(place, certificate))
  const found = await life.session.inspect(prepared)
  const handle = await life.run(replaceAnswers(place, certificate), prepared)
  expect([await handle.go(), handle.view.failure]).toEqual(['done', undefined])
  const current = await certificateIn(life.session, prepared)
  const about = { prepared, run: handle.view, found, written: handle.writtenFiles, proof: [] }
  const report = reportOf(life.session, { ...about, ...(current ? { certificate: current } : {}) })
  expect(started.length).toBeGreaterThan(10)
  expect(reportHtml(report)).toContain(current!.thumbprint)
  return [
    ...started,
    JSON.stringify(life.session.view(prepared, found)),
    JSON.stringify([life.events, handle.view, handle.writtenFiles]),
    reportHtml(report),
    reportJson(report),
    JSON.stringify(prepared.request),
  ].join('\n')
}

const SETTINGS = join('world', 'new', 'deeper', 'IdentityService', 'appsettings.json')

test('an issued key is in the service’s PFX, encrypted, and its passwords, secrets and tokens are nowhere', async () => {
  await workshop.selfSigned('authority', 'rsa', ['-addext', 'keyUsage=keyCertSign'])
  await workshop.issued('issued', 'authority', SIGNER)
  const file = await workshop.write('issued.pfx', await workshop.pfx('issued', PASSWORDS.file))
  const key = await workshop.text('issued.key')
  const database = place.postgres.password.open()
  const looked = { ...texts({ ...SECRETS, ...PASSWORDS, database }), ...keyAndTokens(key) }
  // What is looked for is found where it is.
  expect(leaks(looked, key)).toEqual(['key'])
  expect(leaks(looked, `"${PASSWORDS.pem}" eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln`)).toEqual([
    'pem',
    'token',
  ])

  const told = await toldBy({
    from: 'file',
    file,
    password: 'vault:file',
    cer: true,
    pem: { password: 'vault:pem' },
  })
  expect(told).toContain('Replace the certificate')
  expect(leaks(looked, told)).toEqual([])
  expect(await holders(looked)).toEqual({ [SETTINGS]: ['database', 'client'] })
  await undoNewest(place)
  expect(await holders(looked)).toEqual({ [SETTINGS]: ['database', 'client'] })
})

test('the key of a pending request stays in its private folder, and goes nowhere else', async () => {
  const machine = machineOf(place)
  const request = await createRequest({ key: 'ECDSA-P384', subject: 'CN=Asked for' })
  const { id } = await keepRequest(machine, place.stateFolder, request)
  const csr = await workshop.write('asked.csr', request.csrPem)
  const file = workshop.at('asked.crt')
  await openssl(['x509', '-req', '-in', csr, '-CA', workshop.at('authority.crt'), '-CAkey', workshop.at('authority.key'), '-days', '90', '-copy_extensions', 'copy', '-out', file]) // prettier-ignore
  const folder = join('state', 'certificate-requests', id)
  const key = join(folder, 'key.pem')
  const looked = keyAndTokens(await readFile(join(place.root, key), 'utf8'))
  expect(leaks(looked, await toldBy({ from: 'file', file }))).toEqual([])
  expect(await holders(looked)).toEqual({ [key]: ['key'] })
  expect((await stat(join(place.root, key))).mode & 0o077).toBe(0)
  // The copies of former certificates are as private as they are.
  const copies = (await readdir(join(place.root, 'state'), { recursive: true })).filter((name) =>
    name.endsWith('.pfx'),
  )
  expect(copies.length).toBeGreaterThan(0)
  for (const name of copies) expect((await stat(join(place.root, 'state', name))).mode & 0o077).toBe(0)
  await undoNewest(place)
  expect(await holders(looked)).toEqual({ [key]: ['key'] })
})
