import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { keepRequest, pendingRequests } from '../../../electron/certificate/requests/pending-requests.ts'
import { readPfx } from '../../../electron/certificate/read.ts'
import { createRequest } from '../../../electron/certificate/requests/request.ts'
import type { ReplaceCertificateAnswers } from '../../../electron/contract/answers.ts'
import { installationFile, installationId, readInstallation } from '../../../electron/service/installation.ts'
import { addPool } from '../installation/place.ts'
import { openssl, opensslStreams } from '../certificate/openssl.ts'
import { SIGNER, Workshop } from '../certificate/workshop.ts'
import { IisLife, readServer } from '../iis/iis-place.ts'
import {
  accessOf,
  asItIs,
  makeServicePlace,
  machineOf,
  ReplaceLife,
  replaceAnswers,
  secretFile,
  signingNow,
  standing,
  undoNewest,
  type Certificate,
  type ServicePlace,
} from './service-place.ts'

const CREATIO = 'CreatioPool'
const FILE_PASSWORD = 'Pässwört "ü" Ключ 😀'
const PEM_PASSWORD = 'Fq7#canary-Tp2_wZ9!'

let place: ServicePlace
let workshop: Workshop
let life: ReplaceLife

beforeAll(async () => {
  workshop = await Workshop.open()
  await workshop.selfSigned('authority', 'rsa', ['-addext', 'keyUsage=keyCertSign'])
  // Windows Server 2016: without a wish the PFX is made for its reader.
  place = await makeServicePlace({ build: 14_393, adjust: (state) => addPool(state, CREATIO) })
}, 120_000)

afterAll(async () => {
  await place.remove()
  await workshop.close()
})

// One that has failed must not fail those behind it.
afterEach(async () => {
  while (await undoNewest(place));
})

const newLife = () => (life = new ReplaceLife(place, undefined, { file: FILE_PASSWORD, pem: PEM_PASSWORD }))

interface Wanted {
  readonly certificate: Certificate
  readonly more?: Partial<ReplaceCertificateAnswers>
  readonly alg: string
  /** Files that stay as they are. */
  readonly originals?: readonly string[]
  /** Whether the answers of the installation are asked for again too. */
  readonly installing?: boolean
}

/** Replaces, looks at everything that was promised, asks for the same again, and takes it back. */
async function replaceAndBack(wanted: Wanted) {
  const { certificate, more = {}, alg, originals = [], installing = true } = wanted
  const before = await standing(place)
  const pfx = more.path ?? place.pfx
  const former = await readFile(place.pfx)
  const formerAccess = await accessOf(place, place.pfx)
  const untouched = await Promise.all(originals.map(asItIs))
  const answers = replaceAnswers(place, certificate, more)
  const { prepared, run } = await newLife().replace(answers)

  const { facts, problems } = await readPfx(await readFile(pfx))
  expect(problems).toEqual([])
  const kid = `${facts!.thumbprint}${alg}`
  expect(await signingNow(place)).toEqual({ kids: [kid], alg, kid })
  expect(kid).not.toBe(before.signing.kid)
  expect(life.summaryOf('take-up-certificate')).toContain(`Signs with ${kid} after `)
  expect(await accessOf(place, pfx)).toEqual(secretFile(place))
  const backups = (await readdir(place.target)).filter((name) => /^openssl-\d{8}-\d{6}\.pfx$/.test(name))
  expect(backups).toHaveLength(pfx === place.pfx ? 1 : 0)
  for (const name of backups) {
    expect((await readFile(join(place.target, name))).equals(former)).toBe(true)
    expect(await accessOf(place, join(place.target, name))).toEqual(formerAccess)
  }
  expect(await Promise.all(originals.map(asItIs))).toEqual(untouched)

  const replaced = await standing(place)
  await changesNothing({ ...answers, replaces: prepared.facts.current!.thumbprint })
  if (installing) await installsNothing()
  expect(await standing(place)).toEqual(replaced)
  return {
    facts: facts!,
    pfx,
    run,
    before,
    async back() {
      expect(await undoNewest(place)).toBeDefined()
      expect(await standing(place)).toEqual(before)
      expect(await Promise.all(originals.map(asItIs))).toEqual(untouched)
    },
  }
}

/** The same answers again find everything as wanted. */
async function changesNothing(answers: ReplaceCertificateAnswers): Promise<void> {
  const again = newLife()
  const prepared = await again.prepare(answers)
  const found = await again.session.inspect(prepared)
  expect([...found].filter(([, { state }]) => state !== 'as-wanted')).toEqual([])
  const run = await again.run(answers, prepared)
  expect(await run.go()).toBe('as-wanted')
}

/** Nor do the answers that the service was installed with: the certificate in use is one that can sign. */
async function installsNothing(): Promise<void> {
  const installing = new IisLife(machineOf(place), place, [])
  installing.session.vault.put('database', place.postgres.connectionString.open())
  const run = await installing.run(place.setUpWith)
  expect([await run.go(), run.view.failure]).toEqual(['as-wanted', undefined])
}

async function profileOf(file: string): Promise<string> {
  const { stderr } = await opensslStreams(['pkcs12', '-in', file, '-passin', 'pass:', '-info', '-nodes', '-noout', '-legacy']) // prettier-ignore
  return stderr
}

test('a new ECDSA key; made for Windows Server 2016, because it runs there', async () => {
  const made = await replaceAndBack({
    certificate: { from: 'new', key: 'ECDSA-P256', subject: 'CN=Kurve, O=Größe', days: 30 },
    alg: 'ES256',
  })
  expect(made.facts).toMatchObject({ keyKind: 'ECDSA P-256', subject: 'CN=Kurve, O=Größe' })
  const told = await profileOf(made.pfx)
  expect(told).toMatch(/pbeWithSHA1And3-KeyTripleDES-CBC/)
  expect(told).toMatch(/MAC: sha1/i)
  await made.back()
})

test('a new RSA-4096 key with SHA-512, the profile wished for, and its other forms beside it', async () => {
  const beside = ['openssl.cer', 'openssl.crt', 'openssl.key'].map((name) => join(place.target, name))
  const made = await replaceAndBack({
    certificate: {
      from: 'new',
      key: 'RSA-4096',
      hash: 'SHA-512',
      subject: 'CN=Four thousand',
      days: 400,
      profile: 'AES-256',
      cer: true,
      pem: { password: 'vault:pem' },
    },
    alg: 'RS256',
  })
  expect(made.facts.keyKind).toBe('RSA-4096')
  expect(await profileOf(made.pfx)).toMatch(/PBES2, PBKDF2, AES-256-CBC/)
  const own = new X509Certificate(made.facts.certificatePem)
  expect(await openssl(['x509', '-in', beside[1]!, '-noout', '-text'])).toContain('sha512WithRSAEncryption')
  for (const file of beside.slice(0, 2))
    expect(new X509Certificate(await readFile(file)).raw.equals(own.raw)).toBe(true)
  const key = await readFile(beside[2]!, 'utf8')
  expect(key).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/)
  const opened = createPublicKey(createPrivateKey({ key, passphrase: PEM_PASSWORD }))
  expect(opened.equals(own.publicKey)).toBe(true)
  expect(await accessOf(place, beside[2]!)).toEqual(secretFile(place, { pool: false }))
  await made.back()
  for (const file of beside) await expect(readFile(file)).rejects.toThrow('ENOENT')
})

test('an issued PFX with its chain, opened by a password of any alphabet', async () => {
  await workshop.issued('pfx', 'authority', SIGNER)
  const chain = ['-certfile', workshop.at('authority.crt')]
  const issued = await workshop.write('issued.pfx', await workshop.pfx('pfx', FILE_PASSWORD, chain))
  const made = await replaceAndBack({
    certificate: { from: 'file', file: issued, password: 'vault:file' },
    alg: 'RS256',
    originals: [issued],
  })
  expect(made.facts).toMatchObject({ subject: 'CN=pfx', issuer: 'CN=authority' })
  const written = await openssl(['pkcs12', '-in', made.pfx, '-passin', 'pass:', '-nodes', '-legacy'])
  expect(written.match(/BEGIN CERTIFICATE/g)).toHaveLength(2)
  await made.back()
})

test('a PEM pair, its key encrypted', async () => {
  await workshop.issued('pair', 'authority', SIGNER, 'p-384')
  const key = await workshop.convert(
    await workshop.text('pair.key'),
    ['pkey', '-in', 'IN', '-out', 'OUT', '-aes256', '-passout', `file:${await workshop.write('p.txt', FILE_PASSWORD)}`], // prettier-ignore
  )
  const [file, privateKey] = [workshop.at('pair.crt'), await workshop.write('locked.key', key)]
  const made = await replaceAndBack({
    certificate: { from: 'file', file, privateKey, password: 'vault:file' },
    alg: 'ES384',
    originals: [file, privateKey],
  })
  expect(made.facts.keyKind).toBe('ECDSA P-384')
  await made.back()
})

test('the answer to a pending request; the request and its key wait on, also when it is taken back', async () => {
  const machine = machineOf(place)
  const request = await createRequest({ key: 'RSA-2048', subject: 'CN=Asked for' })
  await keepRequest(machine, place.stateFolder, request)
  const waiting = await pendingRequests(machine, place.stateFolder)
  expect(waiting).toHaveLength(1)
  const csr = await workshop.write('asked.csr', request.csrPem)
  const file = workshop.at('asked.crt')
  await openssl(['x509', '-req', '-in', csr, '-CA', workshop.at('authority.crt'), '-CAkey', workshop.at('authority.key'), '-days', '90', '-copy_extensions', 'copy', '-out', file]) // prettier-ignore
  const made = await replaceAndBack({ certificate: { from: 'file', file }, alg: 'RS256', originals: [file] })
  expect(made.facts.subject).toBe('CN=Asked for')
  expect(await pendingRequests(machine, place.stateFolder)).toEqual(waiting)
  await made.back()
  expect(await pendingRequests(machine, place.stateFolder)).toEqual(waiting)
})

test('another path: settings, rights and record follow, and the former file stays where it is', async () => {
  const path = join(place.world, 'keys', 'token signing.pfx')
  const settings = join(place.target, 'appsettings.json')
  const former = await asItIs(place.pfx)
  const made = await replaceAndBack({
    certificate: { from: 'new', key: 'RSA-3072', subject: 'CN=Moved', days: 90 },
    more: { path },
    alg: 'RS256',
  })
  expect(await readFile(settings, 'utf8')).toContain(`"X509CertificatePath": ${JSON.stringify(path)},`)
  expect(await accessOf(place, settings)).toEqual(secretFile(place))
  expect(await asItIs(place.pfx)).toEqual(former)
  const record = await readInstallation(machineOf(place), place.stateFolder, installationId(place.target))
  expect(record?.pfx).toBe(path)
  await made.back()
  // The folder was made for it.
  await expect(readdir(join(place.world, 'keys'))).rejects.toThrow('ENOENT')
  expect(await asItIs(place.pfx)).toEqual(former)
})

test('the path of the file in use is no other path', async () => {
  const { plan } = await newLife().prepare(replaceAnswers(place, undefined, { path: place.pfx }))
  const steps = plan.steps.map(({ id }) => id)
  expect(steps).toContain('back-up-certificate')
  expect(steps).not.toContain('write-settings')
})

test('Creatio’s pool is recycled after the service, and once more when it is taken back', async () => {
  const recycled = async () => (await readServer(place)).runtime.recycled
  const [before = 0, own = 0] = [(await recycled())[CREATIO], (await recycled())[place.pool]]
  const made = await replaceAndBack({
    certificate: { from: 'new', key: 'ECDSA-P521', subject: 'CN=With Creatio', days: 90 },
    more: { creatio: { pool: CREATIO } },
    alg: 'ES512',
  })
  expect(made.run.view.steps.map(({ id }) => id).slice(-3)).toEqual([
    'take-up-certificate',
    'restart-creatio',
    'record-installation',
  ])
  expect((await recycled())[CREATIO]).toBe(before + 1)
  expect((await recycled())[place.pool]).toBe(own + 1)
  await made.back()
  expect((await recycled())[CREATIO]).toBe(before + 2)
})

test('one replacement after another: each is taken back to the one before it', async () => {
  const first = await replaceAndBack({
    certificate: { from: 'new', key: 'ECDSA-P256', subject: 'CN=First', days: 90 },
    alg: 'ES256',
  })
  const after = await standing(place)
  const { prepared } = await newLife().replace(
    replaceAnswers(place, { from: 'new', key: 'RSA-2048', subject: 'CN=Second', days: 90 }),
  )
  expect(prepared.facts.current?.thumbprint).toBe(first.facts.thumbprint)
  await undoNewest(place)
  expect(await standing(place)).toEqual(after)
  await first.back()
})

test('where an older certificate lies, a new one takes its place', async () => {
  const before = await standing(place)
  await newLife().replace(
    replaceAnswers(place, undefined, { path: join(place.world, 'elsewhere', 'signing.pfx') }),
  )
  const certificate = { from: 'new', key: 'RSA-2048', subject: 'CN=Back', days: 90 } as const
  await newLife().replace(replaceAnswers(place, certificate, { path: place.pfx }))
  const now = await signingNow(place)
  expect(now.alg).toBe('RS256')
  expect(now).not.toEqual(before.signing)
  await undoNewest(place)
  await undoNewest(place)
  expect(await standing(place)).toEqual(before)
})

test('a folder that was made for the other path stays when somebody uses it', async () => {
  const folder = join(place.world, 'shared')
  const path = join(folder, 'signing.pfx')
  const before = await signingNow(place)
  await newLife().replace(replaceAnswers(place, undefined, { path }))
  await mkdir(join(folder, 'theirs'))
  await undoNewest(place)
  expect(await readdir(folder)).toEqual(['theirs'])
  expect(await signingNow(place)).toEqual(before)
})

test('a service without a record is found by its folder, replaced, and known from then on', async () => {
  const record = installationFile(place.stateFolder, installationId(place.target))
  const recorded = await readFile(record)
  await rm(record)
  try {
    const before = await standing(place)
    const { prepared } = await newLife().replace(replaceAnswers(place))
    const { found } = prepared.facts
    expect(found).toMatchObject({ recorded: false, pfx: place.pfx, certain: true })
    const known = await readInstallation(machineOf(place), place.stateFolder, installationId(place.target))
    const { installedAt: _when, name: _name, ...put } = JSON.parse(recorded.toString('utf8'))
    expect(known).toMatchObject(put)
    expect((await signingNow(place)).alg).toBe('ES256')
    await undoNewest(place)
    expect(await standing(place)).toEqual(before)
    await expect(readFile(record)).rejects.toThrow('ENOENT')
  } finally {
    await writeFile(record, recorded)
  }
})
