import { X509Certificate } from 'node:crypto'
import { cp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Report } from '../../../electron/report/report.ts'
import { authorityAnswers } from '../../integration/certificate/foreign.ts'
import { openssl } from '../../integration/certificate/openssl.ts'
import { docker, engineOrLeftOut } from '../support/docker.ts'
import { DockerSetup, type Installation } from '../support/docker-setup.ts'
import { type AskedService, certificateIn, expectSigns, thumbprintOf } from '../support/signing.ts'
import { TokenLoad } from '../support/token-load.ts'

/** One after the other: replacements of the certificate of a service that this program has installed, its PFX mounted. */

const engine = await engineOrLeftOut('replace-installed')

/** The pause of the program's own watch between two questions. */
const WATCH_PAUSE_MS = 200

let setup: DockerSetup
let installation: Installation
let service: AskedService
let pfx: string

describe.skipIf(!engine)('a certificate of an installed service', () => {
  beforeAll(async () => {
    setup = await DockerSetup.start()
    installation = await setup.installation()
    pfx = join(installation.target, 'openssl.pfx')
    const file = await installation.answers({ service: { source: await sourceForOtherUser() } })
    await mustRun(['apply', file])
    service = { url: installation.url, client: await clientInSettings() }
  })
  afterAll(() => setup?.stop())

  /** The service's files, with a Dockerfile whose user is not root. */
  async function sourceForOtherUser(): Promise<string> {
    const source = join(setup.folder, 'source')
    await cp(setup.program, source, { recursive: true })
    const dockerfile = join(source, 'Dockerfile-OAuth')
    const text = await readFile(dockerfile, 'utf8')
    await writeFile(dockerfile, text.replace('ENTRYPOINT', 'USER 1654:1654\nENTRYPOINT'))
    return source
  }

  async function clientInSettings(): Promise<AskedService['client']> {
    const text = await readFile(join(installation.target, 'appsettings.json'), 'utf8')
    const { Clients } = JSON.parse(text.replace(/^\uFEFF/, '')) as { Clients: string }
    const clients = JSON.parse(Clients) as { ClientId: string; ClientName: string; Secrets: string[] }[]
    const { ClientId: id, Secrets } = clients.find(({ ClientName }) => ClientName === 'Creatio')!
    return { id, secret: Secrets[0]! }
  }

  async function mustRun(args: readonly string[], code = 0): Promise<string> {
    const ended = await installation.run(args)
    expect(ended.code, ended.output).toBe(code)
    return ended.output
  }

  const replace = (...wishes: readonly string[]) =>
    mustRun(['certificate', 'replace', '--target', installation.target, ...wishes])

  /** Copies that were kept, the newest last. */
  const kept = async () =>
    (await readdir(installation.target)).filter((name) => /^openssl-\d{8}-\d{6}\.pfx$/.test(name)).toSorted()

  const startedAt = (name: string) => docker('inspect', '-f', '{{.Id}} {{.State.StartedAt}}', name)

  /** The container's own view of the file. */
  const seenInside = () => docker('exec', installation.name, 'sh', '-c', 'id -u; ls -i openssl.pfx')

  it('is followed by one with another kind of key, in the same container, by a user who is not root', async () => {
    const former = await certificateIn(pfx)
    await expectSigns(service, former)
    const [bytes, { ino, mode }] = [await readFile(pfx), await stat(pfx)]
    const before = await startedAt(installation.name)
    await replace('--key', 'ECDSA-P256', '--cer')

    const certificate = new X509Certificate(await readFile(join(installation.target, 'openssl.cer')))
    expect(certificate.publicKey.asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' })
    expect(thumbprintOf(await certificateIn(pfx))).toBe(thumbprintOf(certificate))
    await expectSigns(service, certificate)

    const now = await stat(pfx)
    expect(now.ino).not.toBe(ino)
    expect(now.mode).toBe(mode)
    expect(await seenInside()).toMatch(new RegExp(`^1654\\s+${now.ino} openssl\\.pfx$`))
    const [id, started] = (await startedAt(installation.name)).split(' ')
    expect([id, started === before.split(' ')[1]]).toEqual([before.split(' ')[0], false])

    const [copy] = await kept()
    expect((await readFile(join(installation.target, copy!))).equals(bytes)).toBe(true)
    expect((await stat(join(installation.target, copy!))).mode).toBe(mode)
    const verified = await mustRun(['verify', '--target', installation.target])
    expect(verified).toContain(`Signing certificate ${thumbprintOf(certificate)}`)
  })

  it('is followed by an issued one under load, and the report says for how long tokens failed', async () => {
    const former = await certificateIn(pfx)
    const key = join(setup.folder, 'issued.key')
    const asking = ['-newkey', 'rsa:3072', '-nodes', '-keyout', key, '-subj', '/CN=Identity Service']
    const csr = await openssl(['req', '-new', ...asking])
    const { answer, certificate } = await authorityAnswers(setup.folder, csr)
    const answers = join(setup.folder, 'replace.json')
    await writeFile(
      answers,
      JSON.stringify({
        version: 1,
        scenario: 'replace-certificate',
        installation: { target: installation.target },
        certificate: { from: 'file', file: answer, privateKey: key },
        replaces: thumbprintOf(former),
      }),
    )
    const page = join(setup.folder, 'report.html')
    const load = new TokenLoad(service)
    await mustRun(['apply', answers, '--report', page])
    const { tokens, failures, longestMs, slowestMs } = await load.stop()
    await expectSigns(service, certificate)
    expect(tokens).toBeGreaterThan(0)
    expect(failures).toBeGreaterThan(0)

    const report = JSON.parse(await readFile(page.replace(/html$/, 'json'), 'utf8')) as Report
    const summary = report.steps.find(({ id }) => id === 'take-up-certificate')?.summary ?? ''
    const stated = /for (\d+\.\d) s no token could be fetched/.exec(summary)?.[1]
    expect(stated, summary).toBeDefined()
    expect(await readFile(page, 'utf8')).toContain(`for ${stated} s no token could be fetched`)
    // Both count from the first question that failed to the next that did not. At either end they differ by a pause and
    // by the question that is then under way; how long one takes here, the load has measured; and tenths are stated.
    const tolerance = 2 * (WATCH_PAUSE_MS + slowestMs) + 100
    expect(Math.abs(Number(stated) * 1000 - longestMs)).toBeLessThan(tolerance)

    const snapshot = await installation.snapshot()
    expect(await mustRun(['apply', answers])).toContain('Everything is as wanted; nothing was changed')
    expect(await installation.snapshot()).toEqual(snapshot)
  })

  it('comes back by undo, once for each replacement', async () => {
    const copies = await kept()
    const former = await Promise.all(copies.map((name) => certificateIn(join(installation.target, name))))
    for (const certificate of former.toReversed()) {
      await mustRun(['undo', '--target', installation.target])
      await expectSigns(service, certificate)
      expect(thumbprintOf(await certificateIn(pfx))).toBe(thumbprintOf(certificate))
    }
    expect(former).toHaveLength(2)
    expect(await kept()).toEqual([])
    expect(await readdir(installation.target)).not.toContain('openssl.cer')
    await mustRun(['verify', '--target', installation.target])
  })

  it('comes back whole by undo when the program is killed while the service restarts', async () => {
    const former = await certificateIn(pfx)
    const [bytes, files] = [await readFile(pfx), await readdir(installation.target)]
    const load = new TokenLoad(service)
    const { target } = installation
    const killed = await installation.run(['certificate', 'replace', '--target', target], {
      killAfter: load.down(),
    })
    await load.stop()
    expect(killed.code, killed.output).toBeNull()
    expect(killed.output).toContain('▸ Restart the service with the new certificate')
    expect(thumbprintOf(await certificateIn(pfx))).not.toBe(thumbprintOf(former))

    await mustRun(['undo', '--target', target])
    expect((await readFile(pfx)).equals(bytes)).toBe(true)
    expect(await readdir(target)).toEqual(files)
    await expectSigns(service, former)
  })
})
