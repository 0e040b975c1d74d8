import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ByHand, setUpByHand } from '../support/by-hand.ts'
import { docker, engineOrLeftOut } from '../support/docker.ts'
import { DockerSetup } from '../support/docker-setup.ts'
import { certificateIn, expectSigns, thumbprintOf } from '../support/signing.ts'

/** Services in containers that somebody else has started after the vendor's manual, their PFX mounted. */

const engine = await engineOrLeftOut('replace-adopted')

let setup: DockerSetup

describe.skipIf(!engine)('a certificate of a service that was set up by hand', () => {
  beforeAll(async () => void (setup = await DockerSetup.start()))
  afterAll(() => setup?.stop())

  async function mustRun({ installation }: ByHand, args: readonly string[], code = 0): Promise<string> {
    const ended = await installation.run(args)
    expect(ended.code, ended.output).toBe(code)
    return ended.output
  }

  const records = async ({ installation }: ByHand) =>
    (await readdir(join(installation.state, 'installations')).catch(() => [])).length

  /** With the PFX of its folder mounted. */
  const withMount = (...options: readonly string[]) =>
    setUpByHand(setup, {
      options: ({ target }) => ['-v', `${join(target, 'openssl.pfx')}:/app/openssl.pfx:ro`, ...options],
    })

  const startedAt = (name: string) => docker('inspect', '-f', '{{.State.StartedAt}}', name)

  it('is found by its folder, replaced, and known from then on; Creatio is restarted after the service', async () => {
    const service = await withMount()
    const { installation, certificate: former, pfx } = service
    const { name, target } = installation
    const creatio = `${name}-creatio`
    const idle = ['--entrypoint', 'busybox', `${name}:latest`, 'sleep', '600']
    await docker('run', '-d', '--stop-timeout', '1', '--name', creatio, ...idle)
    const before = await startedAt(creatio)
    await expectSigns(service, former)
    expect(await records(service)).toBe(0)

    const wishes = ['--key', 'RSA-2048', '--creatio-container', creatio]
    await mustRun(service, ['certificate', 'replace', '--target', target, ...wishes])
    const certificate = await certificateIn(pfx)
    expect(thumbprintOf(certificate)).not.toBe(thumbprintOf(former))
    await expectSigns(service, certificate)
    expect(await records(service)).toBe(1)
    const [restarted, served] = await Promise.all([creatio, name].map(startedAt))
    expect(restarted).not.toBe(before)
    expect(Date.parse(restarted!)).toBeGreaterThanOrEqual(Date.parse(served!))
    const verified = await mustRun(service, ['verify', '--target', target])
    expect(verified).toContain(`Signing certificate ${thumbprintOf(certificate)}`)

    await mustRun(service, ['undo', '--target', target])
    await expectSigns(service, former)
    expect(await records(service)).toBe(0)
    expect(await startedAt(creatio)).not.toBe(restarted)
  })

  it('is found by the name of its container where more than one is given the file', async () => {
    const service = await withMount()
    const { installation, certificate: former, pfx } = service
    const { name, target } = installation
    const other = `${name}-other`
    const idle = ['--entrypoint', 'busybox', `${name}:latest`, 'sleep', '600']
    await docker('run', '-d', '--stop-timeout', '1', '--name', other, '-v', `${target}:/app`, ...idle)
    const replace = ['certificate', 'replace', '--target', target, '--key', 'RSA-2048']
    const refused = await mustRun(service, replace, 3)
    expect(refused).toContain(other)
    expect(thumbprintOf(await certificateIn(pfx))).toBe(thumbprintOf(former))
    await mustRun(service, [...replace, '--container', name])
    await expectSigns(service, await certificateIn(pfx))
  })

  it('stays when an older service cannot sign with the new kind of key: the cause is named, the old key proven', async () => {
    const service = await withMount('-e', 'SigningAlgorithm=RS256')
    const { installation, certificate: former, pfx } = service
    const { target } = installation
    const [bytes, files] = [await readFile(pfx), await readdir(target)]
    const { mode } = await stat(pfx)

    const output = await mustRun(
      service,
      ['certificate', 'replace', '--target', target, '--key', 'ECDSA-P384'],
      1,
    )
    expect(output).toContain('The service signs with RS256, as it does before Creatio 8.2.3, and its')
    expect(output).toContain('Taken back; everything is as it was')
    expect(output).toContain(`signs with ${thumbprintOf(former)}RS256`)
    await expectSigns(service, former)
    expect((await readFile(pfx)).equals(bytes)).toBe(true)
    expect((await stat(pfx)).mode).toBe(mode)
    expect(await readdir(target)).toEqual(files)
    expect(await records(service)).toBe(0)
  })
})
