import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setUpByHand } from './support/by-hand.ts'
import { answerTo, clientIn, clientRows } from './support/clients.ts'
import { docker, engineOrLeftOut } from './support/docker.ts'
import { DockerSetup, type Installation } from './support/docker-setup.ts'
import { freePort } from '../free-port.ts'

/** Services whose settings are elsewhere than in a mounted file, and one that somebody has set up by hand. */

const engine = await engineOrLeftOut('change-client-elsewhere')
const NEW = ['--id', 'generate', '--secret', 'generate']

let setup: DockerSetup

describe.skipIf(!engine)('the client of a service', () => {
  beforeAll(async () => void (setup = await DockerSetup.start()))
  afterAll(() => setup?.stop())

  async function mustRun(of: Installation, args: readonly string[], code = 0): Promise<string> {
    const ended = await of.run(args)
    expect(ended.code, ended.output).toBe(code)
    return ended.output
  }

  const changeOf = ({ target }: Installation, ...wishes: readonly string[]) => {
    return ['client', 'change', '--target', target, ...wishes]
  }

  const IN_VARIABLE = (name: string) =>
    `The service has its clients from a variable of the container ${name} or its image.`

  describe('whose settings are variables is refused in words, with nothing changed', () => {
    it('of the image', async () => {
      const installation = await setup.installation()
      const container = { settings: 'dockerfile-env', acceptSecretsInImage: true }
      await mustRun(installation, ['apply', await installation.answers({ container })])
      const before = await installation.snapshot()
      const output = await mustRun(installation, changeOf(installation, ...NEW), 2)
      expect(output).toContain(IN_VARIABLE(installation.name))
      expect(await installation.snapshot()).toEqual(before)
    })

    it('of the container; with the same answers and a mounted file, as it says, the change succeeds', async () => {
      const installation = await setup.installation()
      const { name, target, url } = installation
      const container = { settings: 'environment' }
      await mustRun(installation, ['apply', await installation.answers({ container })])
      const before = await installation.snapshot()
      const output = await mustRun(installation, changeOf(installation, ...NEW), 2)
      expect(output).toContain(IN_VARIABLE(name))
      expect(output).toContain('with “settings” of the container as “mounted-file”')
      expect(await installation.snapshot()).toEqual(before)

      await mustRun(installation, ['apply', await installation.answers()])
      const former = await clientIn(target)
      await mustRun(installation, changeOf(installation, ...NEW))
      const client = await clientIn(target)
      const says = [client, former].map((each) => answerTo({ url, client: each }))
      expect(await Promise.all(says)).toEqual([expect.any(Array), 'invalid_client'])
    })
  })

  it('that was set up by hand is found by its folder or its container, changed, and comes back', async () => {
    const {
      installation,
      client: former,
      url,
    } = await setUpByHand(setup, {
      options: ({ target }) => ['-v', `${join(target, 'appsettings.json')}:/app/appsettings.json:ro`],
    })
    const { name, target } = installation
    const file = join(target, 'appsettings.json')
    const standing = async () => ({
      rows: await clientRows(setup, name),
      settings: await readFile(file, 'utf8'),
      records: (await readdir(join(installation.state, 'installations')).catch(() => [])).length,
      container: await docker('inspect', '-f', '{{.Id}} {{.State.Status}}', name),
      former: await answerTo({ url, client: former }),
    })
    const before = await standing()
    expect(before).toMatchObject({ records: 0, former: ['IdentityServerApi'] })

    const change = async (...wishes: readonly string[]) => {
      await mustRun(installation, changeOf(installation, ...NEW, ...wishes))
      const client = await clientIn(target, 'By hand')
      expect(client.id).not.toBe(former.id)
      expect(await answerTo({ url, client })).toEqual(['IdentityServerApi'])
      expect(await standing()).toMatchObject({ records: 1, former: 'invalid_client' })
      return client
    }
    const client = await change()
    await mustRun(installation, ['undo', '--target', target])
    expect(await standing()).toEqual(before)
    expect(await answerTo({ url, client })).toBe('invalid_client')

    const [other, inImage] = [`${name}-other`, `${name}-in-image`]
    const mount = ['-v', `${file}:/app/appsettings.json:ro`, '--stop-timeout', '1']
    const idle = ['--entrypoint', 'busybox', `${name}:latest`, 'sleep', '600']
    await docker('run', '-d', '--name', other, ...mount, ...idle)
    const published = ['-e', 'ASPNETCORE_URLS=http://+:80', '-p', `${await freePort()}:80`]
    await docker('create', '--name', inImage, ...published, `${name}:latest`)
    const several = await mustRun(installation, changeOf(installation, ...NEW), 3)
    expect(several).toContain(other)
    const refused = await mustRun(installation, changeOf(installation, ...NEW, '--container', inImage), 2)
    expect(refused).toContain(`The image of the container ${inImage} holds appsettings.json.`)
    expect(await standing()).toEqual(before)
    await change('--container', name)
    await docker('rm', '-f', other, inImage)
  })
})
