import { join } from 'node:path'
import { X509Certificate, createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { readPfx } from '../../../electron/certificate/read.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { makePracticeArchive } from '../../../electron/practice/archive.ts'
import { otherCertificates } from '../../../electron/scenarios/installation/known-certificates.ts'
import { shippedCertificates } from '../../../electron/scenarios/installation/shipped-certificates.ts'
import { rawZip } from '../service/zips.ts'
import { addSite, bind, inspected, makePfx, makePlace, recordInstallation, settingsWith } from './place.ts'

const { clock, random } = realMachine()
let one: Uint8Array
let two: Uint8Array
const thumbprints = new Map<Uint8Array, string>()

beforeAll(async () => {
  const [first, second] = await Promise.all([
    makePfx(),
    createTlsCertificate({ hosts: ['localhost'], now: clock.now(), random }),
  ])
  one = first.pfx
  two = second.pfx
  thumbprints.set(one, first.thumbprint).set(two, second.thumbprint)
})

test('certificates of records, of other websites and of containers are known, each file once', async () => {
  const place = await makePlace()
  const other = join(place.root, 'other')
  await recordInstallation(place, { hosting: 'docker', container: 'gone', target: other, name: 'Recorded' })
  await recordInstallation(place, { hosting: 'docker', container: 'mine' })
  const mine = join(place.target, 'openssl.pfx')
  await place.write(mine, one)
  const recorded = await place.write(join(other, 'openssl.pfx'), one)
  place.locked.add(join(other, 'appsettings.json'))
  const byHand = join(place.drive, 'inetpub', 'by-hand')
  await place.write(join(byHand, 'IdentityService.dll'), 'MZ')
  await place.write(join(byHand, 'appsettings.json'), settingsWith({ X509CertificatePath: 'own.pfx' }))
  const ofSite = await place.write(join(byHand, 'own.pfx'), two)
  const inContainer = await place.write(join(place.root, 'container', 'openssl.pfx'), two)
  const folder = join(place.root, 'container')
  place.containers = [
    inspected({ name: 'identity', mounts: [bind(folder, '/app')] }),
    inspected({ name: 'twin', mounts: [bind(ofSite, '/app/openssl.pfx')] }),
    inspected({ name: 'shop', image: 'shop', mounts: [bind(recorded, '/x')] }),
  ]
  const machine = place.windows({ adjust: (state) => addSite(state, { name: 'By hand', folder: byHand }) })

  const { certificates, unread } = await otherCertificates(machine, place.stateFolder, mine)
  expect(certificates.map(({ name, path, thumbprint }) => [name, path, thumbprint])).toEqual([
    ['Recorded', recorded, thumbprints.get(one)],
    ['By hand', ofSite, thumbprints.get(two)],
    ['identity', inContainer, thumbprints.get(two)],
  ])
  const pem = (await readPfx(one)).facts!.certificatePem
  const spki = new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' })
  expect(certificates[0]!.publicKeyHash).toBe(createHash('sha256').update(spki).digest('hex'))
  expect(unread).toEqual([])
})

test('a file that nobody may read, or that is no PFX, is named', async () => {
  const place = await makePlace()
  await recordInstallation(place, { hosting: 'docker', container: 'a' })
  await recordInstallation(place, { hosting: 'docker', container: 'b', target: join(place.root, 'b') })
  await recordInstallation(place, { hosting: 'docker', container: 'c', target: join(place.root, 'c') })
  const locked = await place.write('openssl.pfx', one)
  const damaged = await place.write(join(place.root, 'b', 'openssl.pfx'), 'damaged')
  place.locked.add(locked)
  const { certificates, unread } = await otherCertificates(place.plain(), place.stateFolder)
  expect(certificates).toEqual([])
  expect(unread.toSorted()).toEqual([damaged, locked].toSorted())
})

test('without rights and without an engine there is what the records say', async () => {
  const place = await makePlace()
  expect(await otherCertificates(place.windows({ token: 'user' }), place.stateFolder)).toEqual({
    certificates: [],
    unread: [],
  })
})

test('all PFX files of an archive are samples', async () => {
  const place = await makePlace()
  const archive = await place.write(
    join(place.root, 'IdentityService.zip'),
    rawZip([
      { name: 'IdentityService.dll', content: 'MZ' },
      { name: 'openssl.pfx', content: one },
      { name: 'pfx/linux/sample.P12', content: 'damaged' },
    ]),
  )
  expect(await shippedCertificates(place.plain(), archive, { installed: false })).toMatchObject({
    certificates: [{ name: 'openssl.pfx', path: 'openssl.pfx', thumbprint: thumbprints.get(one) }],
    unread: ['pfx/linux/sample.P12'],
  })
  const practice = join(place.root, 'practice.zip')
  await makePracticeArchive(realMachine(), practice)
  const { unread } = await shippedCertificates(place.plain(), practice, { installed: false })
  expect(unread).toEqual([])
})

test('in an installed folder only those beside the scripts are samples', async () => {
  const place = await makePlace()
  const sample = await place.write('pfx/win/sample.pfx', one)
  const beside = await place.write('pfx/chosen.pfx', two)
  const own = await place.write('openssl.pfx', two)
  // Where the manual lets the script put what it makes.
  await place.write('pfx/win/certificateDirectory/openssl.pfx', two)
  const about = { installed: true, except: [beside, own] }
  const { certificates } = await shippedCertificates(place.plain(), place.target, about)
  expect(certificates.map(({ path }) => path)).toEqual([beside, sample])

  const all = await shippedCertificates(place.plain(), place.target, { installed: false })
  expect(all.certificates).toHaveLength(4)
  const extracted = await shippedCertificates(place.plain(), place.target, {
    installed: false,
    except: [own],
  })
  expect(extracted.certificates.map(({ path }) => path)).not.toContain(own)
})
