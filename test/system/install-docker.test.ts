import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { docker, engineOrLeftOut } from './support/docker.ts'
import { DockerSetup, type Installation } from './support/docker-setup.ts'
import { makePfx } from './support/pfx.ts'
import { filesHolding, imageContents } from './support/secrets.ts'
import { freePort } from '../free-port.ts'

/** The whole way by the command line: archive, image, container, real service, real database, proof. */

const engine = await engineOrLeftOut('install-docker')
const PROOFS = ['Discovery document', 'Tables', 'Client row', 'Signing key', 'Token']

let setup: DockerSetup

describe.skipIf(!engine)('a new installation with Docker', () => {
  beforeAll(async () => void (setup = await DockerSetup.start()))
  afterAll(() => setup?.stop())

  /** Installs, holds every proof against the output, and installs again: nothing may change. */
  async function installTwice(
    installation: Installation,
    change: Parameters<Installation['answers']>[0],
    env: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const file = await installation.answers(change)
    const first = await installation.run(['apply', file], { env })
    expect(first.code, first.output).toBe(0)
    for (const proof of PROOFS) expect(first.output).toContain(`✔ passed   ${proof}`)
    const before = await installation.snapshot()
    const second = await installation.run(['apply', file], { env })
    expect(second.code, second.output).toBe(0)
    expect(second.output).toContain('Everything is as wanted; nothing was changed')
    expect(await installation.snapshot()).toEqual(before)
  }

  it('goes from the archive to proof, changes nothing the second time, and shows no secret anywhere', async () => {
    const installation = await setup.installation()
    const { name, target } = installation
    const secret = `canary.${name}`.padEnd(32, '-')
    const password = setup.database.password.open()
    const secrets = [secret, password]
    const env = { TEST_CLIENT_SECRET: secret }
    const file = await installation.answers({ client: { secret: 'env:TEST_CLIENT_SECRET' } })
    const report = join(setup.folder, `${name}-report.html`)

    const plan = await installation.run(['plan', file, '--json'], { env })
    expect(plan.code, plan.output).toBe(0)
    expect(await installation.traces()).toEqual([])

    const first = await installation.run(['apply', file, '--report', report], { env, watchFor: secrets })
    expect(first.code, first.output).toBe(0)
    const before = await installation.snapshot()
    const second = await installation.run(['apply', file, '--json'], { env })
    expect(second.code, second.output).toBe(0)
    expect(await installation.snapshot()).toEqual(before)
    const verified = await installation.run(['verify', file])
    expect(verified.code, verified.output).toBe(0)
    for (const proof of PROOFS) expect(verified.output).toContain(`✔ passed   ${proof}`)

    const said = [plan, first, second, verified].map(({ output }) => output).join('\n')
    for (const each of secrets) expect(said.includes(each)).toBe(false)
    expect(await filesHolding(installation.state, secrets)).toEqual([])
    expect(await filesHolding(target, secrets, [join(target, 'appsettings.json')])).toEqual([])
    for (const ending of ['.html', '.json']) {
      const written = await readFile(report.replace(/\.html$/, ending), 'utf8')
      expect(written).toContain('OAuth20IdentityServerUrl')
      for (const each of secrets) expect(written.includes(each)).toBe(false)
    }
    const image = await imageContents(name, setup.folder)
    expect(image.includes('IdentityService.runtimeconfig.json')).toBe(true)
    for (const each of [...secrets, 'sample-built-in-designer-secret1', 'openssl.pfx'])
      expect(image.includes(each), each === password || each === secret ? 'a secret' : each).toBe(false)
    expect((await docker('inspect', name)).includes(password)).toBe(false)
  })

  it('passes the settings as variables, without one of them in an argument or a layer', async () => {
    const installation = await setup.installation()
    const password = setup.database.password.open()
    const redis = `redis.invalid:6379,password=canary-${installation.name}`
    const container = { settings: 'environment', redis: 'env:TEST_REDIS' }
    await installTwice(installation, { container }, { TEST_REDIS: redis })
    const { name } = installation
    const image = `${await docker('image', 'inspect', name)}${await docker('history', '--no-trunc', name)}`
    expect([password, redis].some((each) => image.includes(each))).toBe(false)
    expect(await filesHolding(installation.state, [password, redis])).toEqual([])
  })

  it('puts the settings into the image only when that is accepted', async () => {
    const installation = await setup.installation()
    const refused = await installation.run([
      'apply',
      await installation.answers({ container: { settings: 'dockerfile-env' } }),
    ])
    expect(refused.code, refused.output).toBe(2)
    expect(refused.output).toContain('container.acceptSecretsInImage')
    expect(await installation.traces()).toEqual([])
    const container = { settings: 'dockerfile-env', acceptSecretsInImage: true }
    await installTwice(installation, { container })
  })

  it('serves HTTPS only, with an own PFX that has a password', async () => {
    const installation = await setup.installation()
    const password = `canary "${installation.name}" ;$&`
    const pfx = await makePfx(setup.folder, 'localhost', { password })
    const https = { port: installation.port, certificate: pfx, password: 'env:TEST_PFX_PASSWORD' }
    const change = {
      container: { httpPort: undefined, https },
      publicUrl: `https://localhost:${installation.port}`,
    }
    await installTwice(installation, change, { TEST_PFX_PASSWORD: password })
    expect(await filesHolding(installation.state, [password])).toEqual([])
  })

  it('takes the folder it installs into, another working folder, and a user who is not root; HTTPS beside HTTP', async () => {
    const installation = await setup.installation()
    const source = installation.target
    await cp(setup.program, source, { recursive: true })
    const dockerfile = (await readFile(join(source, 'Dockerfile-OAuth'), 'utf8'))
      .replace('WORKDIR /app', 'WORKDIR /srv/identity')
      .replace('ENTRYPOINT', 'USER 1654:1654\nENTRYPOINT')
    await writeFile(join(source, 'Dockerfile-OAuth'), dockerfile)
    const port = await freePort()
    await installTwice(installation, {
      service: { source },
      container: { https: { port }, restart: 'unless-stopped' },
      publicUrl: `https://localhost:${port}`,
    })
    expect(await docker('exec', installation.name, 'sh', '-c', 'id -u; ls /srv/identity/openssl.pfx')).toBe(
      '1654\n/srv/identity/openssl.pfx',
    )
  })

  it('listens by itself on the network of the host, and finds the database in Creatio’s file', async () => {
    const installation = await setup.installation()
    const creatio = join(setup.folder, 'creatio')
    await mkdir(creatio, { recursive: true })
    const { database } = setup
    const value = `Server=${database.host};Port=${database.port};Database=${installation.name};User ID=${database.user};password=${database.password.open()};Timeout=500;MaxPoolSize=1024;`
    await writeFile(
      join(creatio, 'ConnectionStrings.config'),
      `\uFEFF<?xml version="1.0"?><connectionStrings><add name="redis" connectionString="host=x" /><add name="db" connectionString="${value}" /></connectionStrings>`,
    )
    await installTwice(installation, {
      creatio: { folder: creatio },
      database: { from: 'creatio' },
      container: { network: 'host', databaseServer: undefined },
    })
  })
})
