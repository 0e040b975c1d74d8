import { appendFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SetupError } from '../../electron/contract/problem.ts'
import { readContext } from '../../electron/docker/build-context.ts'
import {
  compareContainer,
  containerLog,
  createContainer,
  inspectContainer,
  removeContainer,
  startContainer,
  stopContainer,
} from '../../electron/docker/container.ts'
import type { ContainerSpec } from '../../electron/docker/container-spec.ts'
import { docker } from '../../electron/docker/docker-command.ts'
import { readDockerfile } from '../../electron/docker/dockerfile.ts'
import { addEnvironment } from '../../electron/docker/dockerfile-environment.ts'
import { type Engine, lookAtEngine } from '../../electron/docker/engine.ts'
import {
  buildImage,
  compareImage,
  imageHistory,
  inspectImage,
  removeImage,
} from '../../electron/docker/image.ts'
import { lookAtPort } from '../../electron/docker/ports.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { Secret } from '../../electron/secrets/secret.ts'
import { freePort } from '../free-port.ts'

/** A container for one command, of an image that is there. */
const ONCE = ['run', '--rm', '--pull', 'never']

const machine = realMachine()
const look = await lookAtEngine(machine)
const base = await baseImage()
const missing =
  look.problem?.cause ??
  look.problem?.what ??
  (base === undefined ? 'no aspnet image is on this machine' : undefined)

if (missing !== undefined) {
  if (process.env['CI'] === 'true') throw new Error(`docker: ${missing}`)
  const list = process.env['LEFT_OUT_FILE']
  if (list === undefined) process.stderr.write(`left out: docker: ${missing}\n`)
  else appendFileSync(list, `docker: ${missing}\n`)
}

/** Nothing is fetched: the tests build on an image that is there already. */
async function baseImage(): Promise<string | undefined> {
  if (look.engine === undefined) return undefined
  const { stdout } = await docker(machine, ['images', '--format', '{{.Repository}}:{{.Tag}}'])
  return stdout.split('\n').find((image) => /(^|\/)dotnet\/aspnet:\d/.test(image))
}

const logOf = async (name: string) => (await containerLog(machine, name)).join('\n')

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof SetupError ? error.problem.code : String(error)),
  )

describe.skipIf(missing !== undefined)(
  'the docker room with a real engine',
  () => {
    const id = `${process.pid}-${Date.now()}`
    const tag = `setup-room-test:${id}`
    const name = `setup-room-test-${id}`
    const secret = `S3cret-${id}`
    let engine: Engine
    let folder: string
    let settings: string
    let port: number

    const spec = (): ContainerSpec => ({
      name,
      image: tag,
      ports: [{ host: port, container: 80, address: '127.0.0.1' }],
      mounts: [{ source: settings, target: '/app/appsettings.json' }],
      environment: { FROM_PLAIN: 'a=b c', FROM_SECRET: new Secret(secret) },
      restart: 'no',
    })

    beforeAll(async () => {
      engine = look.engine!
      port = await freePort()
      folder = await mkdtemp(join(tmpdir(), 'docker-room-'))
      settings = join(await mkdtemp(join(tmpdir(), 'docker room ')), 'appsettings.json')
      await writeFile(settings, `{"mounted":"${secret}"}`)
      await writeFile(
        join(folder, 'Dockerfile-OAuth'),
        `FROM ${base}\nWORKDIR /app\nCOPY . .\nEXPOSE 80\n` +
          `ENTRYPOINT ["sh", "-c", "echo out; echo err >&2; cat appsettings.json; ls; sleep 300 || busybox sleep 300"]\n`,
      )
      await writeFile(join(folder, 'appsettings.json'), `{"inFolder":"${secret}"}`)
      await writeFile(join(folder, 'openssl.pfx'), secret)
      await writeFile(join(folder, 'IdentityService.dll'), 'MZ')
    })

    afterAll(async () => {
      await rm(folder, { recursive: true })
      await rm(join(settings, '..'), { recursive: true })
      for (const made of [name, `${name}-b`, `${name}-c`]) await removeContainer(machine, made)
      await removeImage(machine, tag)
    })

    const context = () =>
      readContext(machine, {
        folder,
        dockerfile: 'Dockerfile-OAuth',
        replace: { 'appsettings.json': Buffer.from('{"inImage":true}') },
      })

    it('builds an image from standard input and knows it again', async () => {
      expect(compareImage(await inspectImage(machine, tag), await context())).toBe('absent')
      const lines: string[] = []
      const build = { context: await context(), dockerfile: 'Dockerfile-OAuth', tag, engine }
      await buildImage(machine, { ...build, onLine: (line) => lines.push(line) })

      const image = await inspectImage(machine, tag)
      expect(compareImage(image, await context())).toBe('as-wanted')
      expect(compareImage(image, { hash: 'other' })).toBe('differs')
      expect(image).toMatchObject({ user: '', ports: ['80/tcp'], workingFolder: '/app' })
      expect(lines.join('\n')).toContain('WORKDIR /app')
      expect((await imageHistory(machine, tag)).join('\n')).not.toContain(secret)
    })

    it('leaves keys and settings out of the image', async () => {
      const { stdout } = await docker(machine, [
        ...ONCE,
        '--network',
        'none',
        '--entrypoint',
        'sh',
        tag,
        '-c',
        'ls /app; cat /app/appsettings.json',
      ])
      expect(stdout).toContain('IdentityService.dll')
      expect(stdout).toContain('{"inImage":true}')
      expect(stdout).not.toContain('openssl.pfx')
      expect(stdout).not.toContain(secret)
    })

    it('runs a container as described and knows it again', async () => {
      expect(compareContainer(await inspectContainer(machine, name), spec())).toBe('absent')
      await createContainer(machine, spec())

      const container = await inspectContainer(machine, name)
      expect(compareContainer(container, spec())).toBe('as-wanted')
      expect(compareContainer(container, { ...spec(), restart: 'always' })).toBe('differs')
      expect(container).toMatchObject({
        name,
        state: 'running',
        restart: 'no',
        ports: [{ host: port, container: 80, address: '127.0.0.1' }],
        mounts: [{ source: settings, target: '/app/appsettings.json', readOnly: true }],
        environment: { FROM_PLAIN: 'a=b c', FROM_SECRET: secret },
        imageId: (await inspectImage(machine, tag))!.id,
      })
      expect(await lookAtPort(machine, port)).toEqual({ free: false, container: name })
    })

    it('reads both streams of its log', async () => {
      await expect.poll(() => logOf(name)).toMatch(/out[\s\S]*mounted/)
      expect(await logOf(name)).toContain('err')
    })

    it('cannot change the mounted settings', async () => {
      const { exitCode } = await docker(machine, ['exec', name, 'sh', '-c', 'echo x > /app/appsettings.json'])
      expect(exitCode).not.toBe(0)
    })

    it('says so when the name or the port is taken, and leaves what is there alone', async () => {
      expect(await codeOf(createContainer(machine, spec()))).toBe('docker.name-taken')
      expect((await inspectContainer(machine, name))?.state).toBe('running')

      const other = { ...spec(), name: `${name}-b` }
      expect(await codeOf(createContainer(machine, other))).toBe('docker.port-taken')
      expect(await inspectContainer(machine, other.name)).toBeUndefined()
    })

    it('says which thing is missing', async () => {
      const other = { ...spec(), name: `${name}-c`, ports: [] }
      expect(await codeOf(createContainer(machine, { ...other, image: 'setup-room-test:none' }))).toBe(
        'docker.image-missing',
      )
      const mounts = [{ source: `${settings}.none`, target: '/app/x' }]
      expect(await codeOf(createContainer(machine, { ...other, mounts }))).toBe('docker.mount-missing')
      expect(await inspectContainer(machine, other.name)).toBeUndefined()
    })

    it('reaches this machine by the name it suggests', async () => {
      const server = createServer((socket) => socket.end('here'))
      await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
      const { port: listening } = server.address() as { port: number }
      const hosts = engine.product === 'docker' ? ['--add-host', `${engine.hostName}:host-gateway`] : []
      // Microsoft's image has bash and no netcat; the one made for tests has busybox and no bash. Its busybox is
      // static and cannot resolve names, so the address is taken from the hosts file.
      const ask =
        `to=$(while read ip names; do case " $names " in *" ${engine.hostName} "*) echo $ip;; esac; done < /etc/hosts); ` +
        `busybox nc $to ${listening} </dev/null || bash -c "cat < /dev/tcp/$to/${listening}"`
      const { stdout, stderr } = await docker(machine, [
        ...ONCE,
        ...hosts,
        '--entrypoint',
        'sh',
        tag,
        '-c',
        ask,
      ])
      server.close()
      expect(stdout, stderr).toBe('here')
    })

    it('stops, starts and removes, twice without complaint', async () => {
      await stopContainer(machine, name)
      await stopContainer(machine, name)
      expect((await inspectContainer(machine, name))?.state).toBe('exited')
      await startContainer(machine, name)
      expect((await inspectContainer(machine, name))?.state).toBe('running')
      await removeContainer(machine, name)
      await removeContainer(machine, name)
      expect(await inspectContainer(machine, name)).toBeUndefined()
      expect((await lookAtPort(machine, port)).free).toBe(true)
    })

    it('sets variables in a Dockerfile as the engine and this program read them', async () => {
      const values = {
        A: String.raw`back\slash "quoted" $HOME ${'${PATH}'} 'single' \" end\\`,
        B__0: '{"a":"b"}',
        C: ' # ',
      }
      const text = addEnvironment(`FROM ${base}\nENTRYPOINT ["env"]`, values)
      await writeFile(join(folder, 'Dockerfile-env'), text)
      const build = { context: await readContext(machine, { folder, dockerfile: 'Dockerfile-env' }), engine }
      await buildImage(machine, { ...build, dockerfile: 'Dockerfile-env', tag: `${tag}-env` })
      const image = await inspectImage(machine, `${tag}-env`)
      await removeImage(machine, `${tag}-env`)
      expect(image?.environment).toMatchObject(values)
      expect(readDockerfile(text).environment).toEqual(values)
    })
  },
  120_000,
)
