import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { docker, engineOrLeftOut } from './support/docker.ts'
import { DockerSetup, type Installation } from './support/docker-setup.ts'

/** What goes wrong on purpose: each is told with its cause and remedy, and leaves what it should. */

const engine = await engineOrLeftOut('install-docker-broken')

let setup: DockerSetup

describe.skipIf(!engine)('a new installation with Docker that cannot be', () => {
  beforeAll(async () => void (setup = await DockerSetup.start()))
  afterAll(() => setup?.stop())

  /** Applies and holds the exit code against its output. */
  async function apply(
    installation: Installation,
    file: string,
    code: number,
    options: Parameters<Installation['run']>[1] & { readonly onFailure?: 'stop' } = {},
  ): Promise<string> {
    const { onFailure, ...rest } = options
    const args = ['apply', file, ...(onFailure ? ['--on-failure', onFailure] : [])]
    const ended = await installation.run(args, rest)
    expect(ended.code, ended.output).toBe(code)
    return ended.output
  }

  describe('ends at a prerequisite, with nothing changed', () => {
    it.each([
      [
        'a wrong password',
        { env: { TEST_DB_PASSWORD: 'wrong' } },
        {},
        /does not accept the password|password/,
      ],
      [
        'a database on localhost',
        {},
        { container: { databaseServer: undefined }, database: { server: 'localhost' } },
        /Inside the container “localhost” is the container itself/,
      ],
      [
        'no engine',
        { env: { DOCKER_HOST: 'tcp://127.0.0.1:1' } },
        {},
        /The container engine does not answer/,
      ],
      ['no docker command', { env: { PATH: tmpdir() } }, {}, /There is no docker command on this machine/],
    ])('%s', async (_, options, change, words) => {
      const installation = await setup.installation()
      const output = await apply(installation, await installation.answers(change), 3, options)
      expect(output).toMatch(words)
      expect(output).toContain('Nothing was changed.')
      expect(await installation.traces()).toEqual([])
    })

    it('a port of another program, a container and an image of others', async () => {
      const installation = await setup.installation()
      const { name, port } = installation
      const other = createServer().listen(port, '0.0.0.0')
      await once(other, 'listening')
      await docker('build', '-t', name, '-f', join(setup.program, 'Dockerfile-OAuth'), setup.program)
      await docker('create', '--name', name, name)
      const before = await docker('inspect', '-f', '{{.Id}} {{.State.Status}}', name)
      const output = await apply(installation, await installation.answers(), 3)
      other.close()
      expect(output).toContain(`Port ${port} is used by another program.`)
      expect(output).toContain(
        `This program did not make the container ${name} and the image ${name}:latest.`,
      )
      expect(await docker('inspect', '-f', '{{.Id}} {{.State.Status}}', name)).toBe(before)
    })
  })

  it('takes everything back when the image cannot be built', async () => {
    const installation = await setup.installation()
    const source = join(setup.folder, 'broken-source')
    await cp(setup.program, source, { recursive: true })
    await writeFile(join(source, 'Dockerfile-OAuth'), 'FROM identity.invalid/none:0\nCOPY . .\n')
    const output = await apply(installation, await installation.answers({ service: { source } }), 1)
    expect(output).toContain(`The image “${installation.name}:latest” was not built.`)
    expect(output).toContain('Taken back; everything is as it was')
    expect(await installation.traces()).toEqual([])
  })

  it('says why the service ended, leaves it when asked, and goes on with the corrected answers', async () => {
    const installation = await setup.installation()
    const wrong = await installation.answers({ container: { databaseServer: 'database.invalid' } })
    const output = await apply(installation, wrong, 1, { onFailure: 'stop' })
    expect(output).toContain('The service ended while it was starting.')
    expect(output).toContain('The host in the connection string is not known where the service runs.')
    expect(output).toContain('Failed; what was done is left as it is')
    expect(await installation.traces()).toEqual(['folder', installation.name, installation.name])
    await apply(installation, await installation.answers(), 0)
  })

  it('sees the restarts of a container that ends again and again', async () => {
    const installation = await setup.installation()
    const container = { databaseServer: 'database.invalid', restart: 'unless-stopped' }
    const output = await apply(installation, await installation.answers({ container }), 1)
    expect(output).toContain('The service ended while it was starting.')
    expect(output).toContain('The host in the connection string is not known where the service runs.')
    expect(await installation.traces()).toEqual([])
  })

  it('stops after the step at Ctrl+C, and the same command goes on', async () => {
    const installation = await setup.installation()
    const file = await installation.answers()
    const stopped = await apply(installation, file, 4, { interruptAt: '▸ Build the image' })
    expect(stopped).toContain('Stopped; the same command goes on from here')
    expect(stopped).not.toContain('▸ Run the container')
    await apply(installation, file, 0)
  })

  describe('once it stands', () => {
    let installation: Installation
    let file: string
    beforeAll(async () => {
      installation = await setup.installation()
      file = await installation.answers({ client: { id: 'CreatioSystem.01' } })
      await apply(installation, file, 0)
    })

    it('tells that the container has ended, and repairs it', async () => {
      await docker('kill', installation.name)
      const verified = await installation.run(['verify', file])
      expect(verified.code, verified.output).toBe(1)
      expect(verified.output).toMatch(/✖ failed {3}Discovery document/)
      expect(verified.output).toContain(
        `Cause: The container ${installation.name} does not run (exit code 137).`,
      )
      await apply(installation, file, 0)
    })

    it('tells that the PFX is gone or damaged, and makes a new one', async () => {
      const pfx = join(installation.target, 'openssl.pfx')
      await rm(pfx)
      const gone = await installation.run(['verify', file])
      expect(gone.code, gone.output).toBe(1)
      expect(gone.output).toContain('The PFX of this installation is not there.')
      await writeFile(pfx, 'garbage')
      const damaged = await installation.run(['verify', file])
      expect(damaged.code, damaged.output).toBe(1)
      expect(damaged.output).toContain('The file is not a PFX file, or it is damaged.')
      await apply(installation, file, 0)
    })

    it('brings the former container back when a new one does not come up', async () => {
      const before = await docker('inspect', '-f', '{{.Id}}', installation.name)
      const settings = await readFile(join(installation.target, 'appsettings.json'), 'utf8')
      const wrong = await installation.answers({
        client: { id: 'CreatioSystem.01' },
        container: { databaseServer: 'database.invalid' },
      })
      const output = await apply(installation, wrong, 1)
      expect(output).toContain('Taken back; everything is as it was')
      expect(await docker('inspect', '-f', '{{.Id}}', installation.name)).toBe(before)
      expect(await readFile(join(installation.target, 'appsettings.json'), 'utf8')).toBe(settings)
      file = await installation.answers({ client: { id: 'CreatioSystem.01' } })
      const discovery = () =>
        fetch(`${installation.url}/.well-known/openid-configuration`).then(({ ok }) => ok)
      await expect.poll(() => discovery().catch(() => false), { timeout: 30_000 }).toBe(true)
      const verified = await installation.run(['verify', file])
      expect(verified.code, verified.output).toBe(0)
    })

    it('tells that the client was made earlier, with another secret', async () => {
      const { name } = installation
      const other = await setup.installation()
      const answers = await other.answers({
        client: { id: 'CreatioSystem.01' },
        database: { database: name },
      })
      const output = await apply(other, answers, 2)
      expect(output).toContain('client.replaceExisting')
      expect(await docker('ps', '--all', '--format', '{{.Names}}')).not.toContain(other.name)
    })

    it('tells from the log why no token is given', async () => {
      await setup.sql('ALTER TABLE "ClientSecrets" RENAME TO "Elsewhere"', installation.name)
      const verified = await installation.run(['verify', file, '--json'])
      await setup.sql('ALTER TABLE "Elsewhere" RENAME TO "ClientSecrets"', installation.name)
      expect(verified.code, verified.output).toBe(1)
      const { checks } = JSON.parse(verified.output) as { checks: { id: string; evidence: object[] }[] }
      const token = checks.find(({ id }) => id === 'proof.token')
      expect(token).toMatchObject({
        status: 'failed',
        summary: expect.stringContaining('(500, empty answer)'),
      })
      expect(JSON.stringify(token?.evidence)).toMatch(/42P01.*ClientSecrets/)
    })
  })
})
