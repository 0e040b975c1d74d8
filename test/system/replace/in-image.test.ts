import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ByHand, connectionString, setUpByHand } from '../support/by-hand.ts'
import { docker, engineOrLeftOut } from '../support/docker.ts'
import { DockerSetup } from '../support/docker-setup.ts'
import { filesHolding, imageContents } from '../support/secrets.ts'
import { certificateIn, expectSigns, thumbprintOf } from '../support/signing.ts'
import { TokenLoad } from '../support/token-load.ts'

/** One after the other: a service whose image holds everything, PFX included, as the vendor's manual builds it. */

const engine = await engineOrLeftOut('replace-in-image')
const network = `replace-in-image-${process.pid}`

/** As `docker inspect` prints it. */
interface Started {
  readonly Config: { readonly Env: readonly string[] }
  readonly HostConfig: { readonly PortBindings: unknown; readonly RestartPolicy: unknown }
  readonly Mounts: unknown
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly Aliases: string[] }>> }
}

let setup: DockerSetup
let service: ByHand
let name: string
let password: string

describe.skipIf(!engine)('a certificate that the image holds', () => {
  beforeAll(async () => {
    setup = await DockerSetup.start()
    password = setup.database.password.open()
    await docker('network', 'create', network)
    service = await setUpByHand(setup, {
      settings: { DatabaseConnectionString: '' },
      options(installation) {
        process.env['PostgresConnection'] = connectionString(setup, installation)
        const variables = [
          'DbProvider=Postgres',
          'PostgresConnection',
          'SigningAlgorithm=RS256',
          'TZ=Europe/Kyiv',
        ]
        const own = ['--network', network, '--network-alias', 'identity', '--restart', 'on-failure:3']
        return [...variables.flatMap((each) => ['-e', each]), ...own]
      },
    })
    delete process.env['PostgresConnection']
    name = service.installation.name
  })
  afterAll(async () => {
    await setup?.stop()
    await docker('network', 'rm', network)
  })

  /** Runs the command and looks for the database's password in whatever it and its tools show. */
  async function mustRun(args: readonly string[], code = 0): Promise<string> {
    const ended = await service.installation.run(args, { watchFor: [password] })
    expect(ended.code, ended.output).toBe(code)
    expect(ended.output).not.toContain(password)
    return ended.output
  }

  const replace = (...wishes: readonly string[]) => {
    const { target } = service.installation
    return ['certificate', 'replace', '--target', target, ...wishes]
  }
  const undo = () => mustRun(['undo', '--target', service.installation.target])

  const ask = (of: string, format: string) => docker('inspect', '-f', format, of)
  const idOf = (container: string) => ask(container, '{{.Id}}')
  const imageId = () => docker('image', 'inspect', '-f', '{{.Id}}', `${name}:latest`)
  const containers = async () =>
    (await docker('ps', '-a', '--filter', `name=${name}`, '--format', '{{.Names}}')).split('\n').toSorted()

  /** What the container was started with; of its variables, which hold a secret, the hash. */
  async function startedWith(): Promise<unknown> {
    const [found] = JSON.parse(await docker('inspect', name)) as Started[]
    const { HostConfig, Mounts, NetworkSettings } = found!
    // The engine calls each container by its own id.
    const variables = found!.Config.Env.filter((each) => !each.startsWith('HOSTNAME=')).toSorted()
    return {
      variables: createHash('sha256').update(variables.join('\0')).digest('hex'),
      ports: HostConfig.PortBindings,
      restart: HostConfig.RestartPolicy,
      mounts: Mounts,
      networks: Object.keys(NetworkSettings.Networks),
      isAlias: NetworkSettings.Networks[network]!.Aliases.includes('identity'),
    }
  }

  it('comes back with its container and image when the service cannot sign with the new kind of key', async () => {
    const [id, image, bytes] = [await idOf(name), await imageId(), await readFile(service.pfx)]
    const output = await mustRun(replace('--key', 'ECDSA-P256'), 1)
    expect(output).toContain('The service signs with RS256, as it does before Creatio 8.2.3, and its')
    expect(output).toContain('Taken back; everything is as it was')
    expect([await idOf(name), await imageId()]).toEqual([id, image])
    expect(await containers()).toEqual([name])
    expect((await readFile(service.pfx)).equals(bytes)).toBe(true)
    await expectSigns(service, service.certificate)
  })

  it('goes into a new image and container that has everything of the former, which is kept', async () => {
    const [id, image, options] = [await idOf(name), await imageId(), await startedWith()]
    await mustRun(replace('--key', 'RSA-3072'))
    const certificate = await certificateIn(service.pfx)
    await expectSigns(service, certificate)
    expect(await containers()).toEqual([name, `${name}-previous`])
    expect(await idOf(`${name}-previous`)).toBe(id)
    expect(await ask(`${name}-previous`, '{{.State.Running}}')).toBe('false')
    expect(await idOf(name)).not.toBe(id)
    expect(await imageId()).not.toBe(image)
    expect(await startedWith()).toEqual(options)
    expect(options).toMatchObject({ networks: [network], isAlias: true })

    expect((await imageContents(name, setup.folder)).includes(password)).toBe(false)
    expect(await filesHolding(service.installation.state, [password])).toEqual([])
    const verified = await mustRun(['verify', '--target', service.installation.target])
    expect(verified).toContain(`Signing certificate ${thumbprintOf(certificate)}`)

    await undo()
    expect([await idOf(name), await imageId()]).toEqual([id, image])
    expect(await containers()).toEqual([name])
    await expectSigns(service, service.certificate)
  })

  it('comes back by undo, once for each replacement, although only the last container is kept', async () => {
    const [image, options] = [await imageId(), await startedWith()]
    await mustRun(replace('--key', 'RSA-2048'))
    const between = await certificateIn(service.pfx)
    await mustRun(replace('--key', 'RSA-2048'))
    await undo()
    await expectSigns(service, between)
    await undo()
    await expectSigns(service, service.certificate)
    expect([await imageId(), await startedWith()]).toEqual([image, options])
  })

  it('comes back whole by undo when the program is killed while containers change places', async () => {
    const [id, image, bytes] = [await idOf(name), await imageId(), await readFile(service.pfx)]
    const former = await certificateIn(service.pfx)
    const load = new TokenLoad(service)
    const killed = await service.installation.run(replace(), { killAfter: load.down() })
    await load.stop()
    expect(killed.code, killed.output).toBeNull()
    expect(await imageId()).not.toBe(image)

    await undo()
    expect([await idOf(name), await imageId()]).toEqual([id, image])
    expect(await containers()).toEqual([name])
    expect((await readFile(service.pfx)).equals(bytes)).toBe(true)
    await expectSigns(service, former)
  })
})
