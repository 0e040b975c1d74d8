import { copyFile, link, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReplaceCertificateAnswers } from '../../../electron/contract/answers.ts'
import { exitCodeOf } from '../../../electron/hosts/cli/exit.ts'
import { installationId, readInstallation } from '../../../electron/service/installation.ts'
import { freePort } from '../../free-port.ts'
import { Workshop } from '../certificate/workshop.ts'
import { iisAnswers, IisLife } from '../iis/iis-place.ts'
import {
  appcmd,
  machineOf,
  makeServicePlace,
  ReplaceLife,
  replaceAnswers,
  standing,
  undoNewest,
  type Certificate,
  type ServicePlace,
} from './service-place.ts'

const PASSWORD = 'Pässwört "1"'
const SECRETS = { file: PASSWORD, wrong: 'another', weak: 'Password12345!' }

let place: ServicePlace
let workshop: Workshop
let before: Awaited<ReturnType<typeof standing>>
/** Another installation on the same machine, known to the same program. */
let neighbour: string

beforeAll(async () => {
  workshop = await Workshop.open()
  place = await makeServicePlace()
  neighbour = join(place.world, 'neighbour')
  const { publicUrl: _, ...answers } = iisAnswers(place, {
    site: 'NeighbourSite',
    pool: 'NeighbourPool',
    http: { port: await freePort() },
    development: true,
  })
  const life = new IisLife(machineOf(place), place)
  const run = await life.run({ ...answers, service: { ...answers.service, target: neighbour } })
  expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
  before = await standing(place)
}, 120_000)

afterAll(async () => {
  await place.remove()
  await workshop.close()
})

/** Why there is no plan; where there is one, the test fails. Nothing is changed by asking. */
async function refusal(answers: unknown) {
  const life = new ReplaceLife(place, undefined, SECRETS)
  const result = await life.tryToPrepare(answers as ReplaceCertificateAnswers)
  if ('prepared' in result) throw new Error('There is a plan.')
  expect(await standing(place)).toEqual(before)
  for (const { what, next } of result.problems) {
    expect([what, next]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/^[A-Z].*\.$/)])
    for (const secret of Object.values(SECRETS)) expect(JSON.stringify(result.problems)).not.toContain(secret)
  }
  const [first] = result.problems
  return { ...first!, exitCode: exitCodeOf(first!) }
}

const ofFile = (file: string, more: Partial<Certificate> = {}) =>
  replaceAnswers(place, { from: 'file', file, ...more } as Certificate)

/** A file for each way of being wrong, the problem's code, and what it says. */
const BAD_FILES: Readonly<
  Record<string, readonly [make: () => Promise<Partial<Certificate>>, code: RegExp]>
> = {
  'a wrong password': [
    async () => ({ file: await pfx('wrong'), password: 'vault:wrong' }),
    /^certificate\.wrong-password$/,
  ],
  'no password where one is needed': [async () => ({ file: await pfx('none') }), /^certificate\..*password/],
  'a certificate without its key': [
    async () => (await workshop.selfSigned('alone'), { file: workshop.at('alone.crt') }),
    /^certificate\.no-private-key$/,
  ],
  'the key of another certificate': [
    async () => {
      await Promise.all([workshop.selfSigned('one'), workshop.selfSigned('other')])
      return { file: workshop.at('one.crt'), privateKey: workshop.at('other.key') }
    },
    /^certificate\.(other-key|key)/,
  ],
  'an expired one': [expired, /^certificate\.expired$/],
  'a signature by SHA-1': [() => pair('sha1', 'rsa', ['-sha1']), /^certificate\.weak-hash$/],
  'RSA with 1024 bits': [() => pair('short', 'rsa-1024'), /^certificate\.short-key$/],
  Ed25519: [() => pair('ed', 'ed25519'), /^certificate\.key-kind$/],
  'P-256K': [() => pair('koblitz', 'p-256k'), /^certificate\.key-kind$/],
  'a curve with another hash': [() => pair('hash', 'p-384', ['-sha256']), /^certificate\.curve-and-hash$/],
  'a key for another use': [
    () => pair('use', 'rsa', ['-addext', 'keyUsage=keyEncipherment']),
    /^certificate\.key-usage$/,
  ],
  'an empty file': [async () => ({ file: await workshop.write('empty', '') }), /^certificate\.empty/],
  'a file of 5 MB': [
    async () => ({ file: await workshop.write('large', Buffer.alloc(5 << 20, 'x')) }),
    /^certificate\.too-large/,
  ],
  'two certificates in one file': [
    async () => {
      await Promise.all([workshop.selfSigned('first'), workshop.selfSigned('second')])
      const texts = ['first.crt', 'second.crt'].map((name) => workshop.text(name))
      return { file: await workshop.write('two.pem', (await Promise.all(texts)).join('')) }
    },
    /^certificate\./,
  ],
  'something else': [async () => ({ file: join(place.target, 'web.config') }), /^certificate\./],
  'a file that is not there': [async () => ({ file: '/nowhere/at.all' }), /^certificate\.file-missing$/],
}

async function pair(
  name: string,
  ...about: Parameters<Workshop['selfSigned']> extends [string, ...infer R] ? R : never
) {
  await workshop.selfSigned(name, ...about)
  return { file: workshop.at(`${name}.crt`), privateKey: workshop.at(`${name}.key`) }
}

async function expired() {
  const { privateKey } = await pair('expired')
  const ended = ['x509', '-in', 'IN', '-signkey', privateKey, '-days', '-1', '-out', 'OUT']
  const certificate = await workshop.convert(await workshop.text('expired.crt'), ended)
  return { file: await workshop.write('ended.crt', certificate), privateKey }
}

async function pfx(name: string): Promise<string> {
  await workshop.selfSigned(name)
  return workshop.write(`${name}.pfx`, await workshop.pfx(name, PASSWORD))
}

describe('a certificate that the service cannot sign with', () => {
  test.each(Object.entries(BAD_FILES))(
    '%s',
    async (_, [make, code]) => {
      const { file, ...more } = (await make()) as { file: string }
      const refused = await refusal(ofFile(file, more))
      expect(refused.code).toMatch(code)
      expect(refused.untouched).toMatch(/Nothing was changed|only read/)
      // The answers are well-formed; it is the file that has to become another one.
      expect(refused.exitCode).toBe(refused.code === 'certificate.file-missing' ? 2 : 3)
    },
    120_000,
  )

  test('line ends and a byte order mark are nothing to refuse', async () => {
    await workshop.selfSigned('marked')
    const text = async (name: string) => (await workshop.text(name)).replaceAll('\n', '\r\n')
    const both = `\uFEFF${await text('marked.key')}${await text('marked.crt')}`
    const life = new ReplaceLife(place)
    const { facts } = await life.prepare(ofFile(await workshop.write('marked.pem', both)))
    expect(facts.signing.thumbprint).toMatch(/^[0-9A-F]{40}$/)
  })
})

describe('an original that would be written over', () => {
  const inItsPlace = (path: string) => ({
    code: 'certificate.original-in-place',
    where: { path },
    next: expect.stringMatching(/^Copy it elsewhere/),
  })

  test('where the PFX goes, by whichever of its names', async () => {
    const file = await pfx('in-place')
    const original = await readFile(file)
    await symlink(file, workshop.at('symbolic.pfx'))
    await link(file, workshop.at('hard.pfx'))
    const more = { password: 'vault:file' }
    for (const path of [file, join(dirname(file), 'x', '..', 'in-place.pfx'), workshop.at('symbolic.pfx')])
      expect(await refusal({ ...ofFile(file, more), path })).toMatchObject(inItsPlace('certificate.file'))
    for (const name of ['symbolic.pfx', 'hard.pfx'])
      expect(await refusal({ ...ofFile(workshop.at(name), more), path: file })).toMatchObject(
        inItsPlace('certificate.file'),
      )
    expect((await readFile(file)).equals(original)).toBe(true)
  })

  test('where the .cer file or the PEM pair goes, also of a new installation', async () => {
    const { file, privateKey } = await pair('beside')
    const path = workshop.at('beside.pfx')
    const pem = { pem: { password: 'vault:file' } }
    const own = { ...ofFile(file, { privateKey, ...pem }), path }
    expect(await refusal(own)).toMatchObject(inItsPlace('certificate.file'))
    await copyFile(file, workshop.at('issued.crt'))
    expect(await refusal({ ...own, certificate: { ...own.certificate, file: workshop.at('issued.crt') } })).toMatchObject(inItsPlace('certificate.privateKey')) // prettier-ignore
    await new ReplaceLife(place).prepare({ ...ofFile(file, { privateKey }), path })

    const key = join(place.target, 'openssl.key')
    await copyFile(privateKey, key)
    const life = new IisLife(machineOf(place), place)
    life.session.vault.put('file', PASSWORD)
    const answers = { ...place.setUpWith, certificate: { from: 'file', file, privateKey: key, ...pem } as const } // prettier-ignore
    const result = await life.tryToPrepare(answers)
    await rm(key)
    expect('problems' in result && result.problems).toMatchObject([inItsPlace('certificate.privateKey')])
  })

  test('a PFX that lies there and that the service can open is left as it is', async () => {
    const life = new ReplaceLife(place)
    const prepared = await life.prepare(ofFile(place.pfx))
    expect(prepared.facts.signing.thumbprint).toBe(prepared.facts.current?.thumbprint)
    const found = await life.session.inspect(prepared)
    expect(found.get('write-certificate')?.state).toBe('as-wanted')
  })
})

describe('each instance should use a certificate of its own', () => {
  test('that of another installation on this machine is refused, and its key in another certificate', async () => {
    const theirs = await copyTo('theirs.pfx', join(neighbour, 'openssl.pfx'))
    const refused = await refusal(ofFile(theirs))
    expect([refused.code, refused.what]).toEqual([
      'certificate.same-certificate',
      expect.stringContaining('Neighbour'),
    ])
    const key = await workshop.convert(await readFile(theirs), ['pkcs12', '-in', 'IN', '-out', 'OUT', '-nodes', '-nocerts', '-passin', 'pass:']) // prettier-ignore
    await workshop.write('renewed.key', key)
    const renewed = await workshop.convert(key, ['req', '-x509', '-key', 'IN', '-out', 'OUT', '-subj', '/CN=Renewed']) // prettier-ignore
    await workshop.write('renewed.crt', renewed)
    const again = await refusal(
      ofFile(workshop.at('renewed.crt'), { privateKey: workshop.at('renewed.key') }),
    )
    expect(again.code).toBe('certificate.same-key')
  })

  test('the sample that came with the service is refused', async () => {
    const { file, privateKey } = await pair('sample')
    await workshop.write('sample.pfx', await workshop.pfx('sample', ''))
    const shipped = join(place.target, 'pfx', 'win', 'openssl.pfx')
    await mkdir(dirname(shipped), { recursive: true })
    await copyFile(workshop.at('sample.pfx'), shipped)
    const former = before
    before = await standing(place)
    try {
      const refused = await refusal(ofFile(file, { privateKey }))
      expect([refused.code, refused.what]).toEqual([
        'certificate.shipped-sample',
        expect.stringContaining('openssl.pfx'),
      ])
    } finally {
      await rm(shipped)
      before = former
    }
  })
})

async function copyTo(name: string, from: string): Promise<string> {
  await copyFile(from, workshop.at(name))
  return workshop.at(name)
}

describe('answers that contradict themselves, or this machine: exit code 2', () => {
  test.each<readonly [string, (good: ReplaceCertificateAnswers) => object, string, RegExp]>([
    ['a path that is no PFX', (good) => ({ ...good, path: '/keys/signing.txt' }), 'path', /\.pfx/],
    ['a path that is not full', (good) => ({ ...good, path: 'signing.pfx' }), 'path', /full path/],
    ['a target that is not full', (good) => ({ ...good, installation: { target: 'x' } }), 'installation.target', /full path/],
    ['both kinds of Creatio', (good) => ({ ...good, creatio: { pool: 'A', container: 'a' } }), 'creatio', /one of them/],
    ['the service’s own pool as Creatio’s', (good) => ({ ...good, creatio: { pool: 'idservicepool' } }), 'creatio.pool', /itself/],
    ['a path with a container', (good) => ({ ...good, path: '/keys/a.pfx', installation: { ...good.installation, container: 'c' } }), 'path', /container/],
    ['a curve with the wrong hash', (good) => ({ ...good, certificate: { from: 'new', key: 'ECDSA-P256', hash: 'SHA-512', subject: 'CN=A', days: 9 } }), 'certificate.hash', /SHA-256/],
    ['a subject that is none', (good) => ({ ...good, certificate: { from: 'new', key: 'RSA-2048', subject: 'nobody', days: 9 } }), 'certificate.subject', /CN=/],
    ['no days', (good) => ({ ...good, certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=A', days: 0 } }), 'certificate.days', /./],
    ['a key that is not offered', (good) => ({ ...good, certificate: { from: 'new', key: 'RSA-1024', subject: 'CN=A', days: 9 } }), 'certificate.key', /./],
    ['a weak password for the PEM key', (good) => ({ ...good, certificate: { ...good.certificate, pem: { password: 'vault:weak' } } }), 'certificate.pem.password', /./],
    ['a thumbprint that is none', (good) => ({ ...good, replaces: 'ab' }), 'replaces', /40 digits/],
    ['what nobody knows', (good) => ({ ...good, colour: 'red' }), 'colour', /colour/],
  ])('%s', async (_, change, path, says) => {
    const refused = await refusal(change(replaceAnswers(place)))
    expect(refused.where?.path ?? '').toBe(path)
    expect(`${refused.what} ${refused.next}`).toMatch(says)
    expect(refused.exitCode).toBe(2)
  }) // prettier-ignore

  test('ECDSA for a service of .NET 6, new and issued', async () => {
    const file = join(place.target, 'IdentityService.runtimeconfig.json')
    const former = await readFile(file, 'utf8')
    const asItWas = before
    await writeFile(file, former.replaceAll(/8\.0(\.\d+)?/g, '6.0.0').replace('net8.0', 'net6.0'))
    before = await standing(place)
    try {
      const refused = await refusal(replaceAnswers(place))
      expect(refused).toMatchObject({
        code: 'certificate.ecdsa',
        where: { path: 'certificate.key' },
        exitCode: 2,
      })
      const { file: crt, privateKey } = await pair('curve', 'p-256')
      expect((await refusal(ofFile(crt, { privateKey }))).code).toBe('certificate.ecdsa-unsupported')
    } finally {
      await writeFile(file, former)
      before = asItWas
    }
    const { plan } = await new ReplaceLife(place).prepare(replaceAnswers(place))
    expect(plan.warnings.map(({ code }) => code)).toContain('certificate.ecdsa-uncertain')
  })
})

describe('an installation that is not meant', () => {
  const at = (installation: ReplaceCertificateAnswers['installation']) => ({
    ...replaceAnswers(place),
    installation,
  })

  test('a folder that is not there, and one that nothing serves', async () => {
    expect(await refusal(at({ target: join(place.world, 'nowhere') }))).toMatchObject({
      code: 'installation.not-found',
      cause: expect.stringContaining('no such folder'),
    })
    expect(await refusal(at({ target: join(place.world, 'new') }))).toMatchObject({
      code: 'installation.not-found',
    })
  })

  test('a container for a folder that a website serves', async () => {
    const refused = await refusal(at({ target: place.target, container: 'identity' }))
    expect(refused.code).toMatch(/^(installation|docker|answers)\./)
  })

  test('what somebody else has put there after the plan was made is left to them', async () => {
    const life = new ReplaceLife(place)
    const prepared = await life.prepare(replaceAnswers(place))
    const sooner: Certificate = { from: 'new', key: 'RSA-2048', subject: 'CN=Sooner', days: 9 }
    await new ReplaceLife(place).replace(replaceAnswers(place, sooner))
    const theirs = await standing(place)
    const run = await life.run(replaceAnswers(place), prepared)
    expect(await run.go()).toBe('failed')
    expect(run.view.failure?.problem).toMatchObject({
      code: 'certificate.replaced-meanwhile',
      where: { file: place.pfx },
      cause: expect.stringContaining(prepared.facts.current!.thumbprint),
    })
    expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
    expect(await standing(place)).toEqual(theirs)
    await undoNewest(place)
    expect(await standing(place)).toEqual(before)
  })

  test('answers that replace the certificate of another server, with the same folder, do not pass for done', async () => {
    const life = new ReplaceLife(place)
    const prepared = await life.prepare({ ...replaceAnswers(place), replaces: 'A'.repeat(40) })
    await expect(life.session.inspect(prepared)).rejects.toMatchObject({
      problem: { code: 'certificate.replaced-meanwhile', next: expect.stringContaining('“replaces”') },
    })
    expect(await standing(place)).toEqual(before)
  })

  test('the file of another installation as the new path', async () => {
    const refused = await refusal(replaceAnswers(place, undefined, { path: join(neighbour, 'openssl.pfx') }))
    expect([refused.where?.path, refused.what]).toEqual(['path', expect.stringContaining('NeighbourSite')])
  })
})

test('a service that opens the same file, and an application in the same pool, are named', async () => {
  const settings = join(neighbour, 'appsettings.json')
  const text = await readFile(settings, 'utf8')
  const shared = text.replace(JSON.stringify(join(neighbour, 'openssl.pfx')), JSON.stringify(place.pfx))
  expect(shared).not.toBe(text)
  const pool = (name: string) =>
    appcmd(place, 'set', 'app', '/app.name:NeighbourSite/', `/applicationPool:${name}`)
  await pool(place.pool)
  await writeFile(settings, shared)
  try {
    const { plan } = await new ReplaceLife(place).prepare(replaceAnswers(place))
    const warned = plan.warnings.filter(({ code }) => code.startsWith('replacement.shared'))
    expect(warned).toMatchObject([
      { code: 'replacement.shared-file', what: 'NeighbourSite opens the same certificate file.' },
      { code: 'replacement.shared-pool', what: expect.stringMatching(/^NeighbourSite runs in the same/) },
    ])
  } finally {
    await writeFile(settings, text)
    await pool('NeighbourPool')
  }
  const { plan } = await new ReplaceLife(place).prepare(replaceAnswers(place))
  expect(plan.warnings.map(({ code }) => code)).not.toContainEqual(expect.stringContaining('shared'))
})

test('the neighbour was never touched', async () => {
  const record = await readInstallation(machineOf(place), place.stateFolder, installationId(neighbour))
  expect(record?.pfx).toBe(join(neighbour, 'openssl.pfx'))
})
