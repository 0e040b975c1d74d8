import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inspectContainer, removeContainer, restartContainer } from '../../electron/docker/container.ts'
import { createBeside, startInPlace } from '../../electron/docker/recreate.ts'
import { bringBack, setAside } from '../../electron/docker/set-aside.ts'
import { realMachine } from '../../electron/machine/real.ts'
import { docker, engineOrLeftOut } from './support/docker.ts'
import { freePort } from '../free-port.ts'

/** Containers that somebody else started, with a real engine: restarted, and replaced by others that are like them. */

const engine = await engineOrLeftOut('recreate-container')
const machine = realMachine()
const name = `recreate-test-${process.pid}`
const beside = `${name}-next`
const aside = `${name}-previous`
const network = `${name}-network`
const SECRET = `canary "${name}" $HOME`
const FOREVER = 'while true; do sleep 1; done'

describe.skipIf(!engine)('a container of somebody else', () => {
  let folder: string
  let base: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recreate-'))
    await writeFile(join(folder, 'file'), 'former')
    await docker('network', 'create', network)
    const images = await docker(
      'images',
      'mcr.microsoft.com/dotnet/aspnet',
      '--format',
      '{{.Repository}}:{{.Tag}}',
    )
    base = images.split('\n')[0]!
  })

  afterAll(async () => {
    for (const each of [name, beside, aside]) await removeContainer(machine, each)
    await docker('network', 'rm', network)
    await rm(folder, { recursive: true, force: true })
  })

  /** Starts it anew. */
  async function started(...options: readonly string[]): Promise<void> {
    for (const each of [name, beside, aside]) await removeContainer(machine, each)
    const command = ['--entrypoint', 'sh', base, '-c', FOREVER]
    await docker(
      'run',
      '-d',
      '--pull',
      'never',
      '--stop-timeout',
      '1',
      '--name',
      name,
      ...options,
      ...command,
    )
  }

  const besideIt = () => createBeside(machine, { name, beside, image: base, labels: { mark: 'new' } })

  it('sees a file that took another’s place once it is restarted', async () => {
    const file = join(folder, 'file')
    await started('-v', `${file}:/file:ro`)
    await writeFile(`${file}.new`, 'replaced')
    await rename(`${file}.new`, file)
    expect(await docker('exec', name, 'cat', '/file')).toBe('former')
    await restartContainer(machine, name)
    expect(await docker('exec', name, 'cat', '/file')).toBe('replaced')
    expect((await inspectContainer(machine, name))?.state).toBe('running')
  })

  it('is replaced by one that has everything it was started with, and can come back', async () => {
    const [tcp, udp] = await Promise.all([freePort(), freePort()])
    process.env['RECREATE_SECRET'] = SECRET
    const options = [
      ['-e', 'RECREATE_SECRET', '-e', 'LINES=one\ntwo', '-e', 'PATH=/bin:/usr/bin', '-e', 'EMPTY='],
      ['-p', `127.0.0.1:${tcp}:80`, '-p', `${udp}:81/udp`, '-v', `${join(folder, 'file')}:/file:ro`],
      ['--network', network, '--network-alias', 'identity', '--hostname', 'own', '--dns', '10.9.9.9'],
      ['--add-host', 'db.example:10.1.2.3', '--sysctl', 'net.ipv4.ip_unprivileged_port_start=0'],
      ['--cap-add', 'NET_ADMIN', '--cap-drop', 'MKNOD', '--pids-limit', '200', '--tmpfs', '/scratch:size=1m'],
      ['--user', '1654:1654', '--workdir', '/tmp', '--restart', 'on-failure:3', '--label', 'a=b=c d'],
      ['--stop-signal', 'SIGINT', '--read-only'],
    ].flat()
    await started(...options)
    delete process.env['RECREATE_SECRET']
    const former = (await inspectContainer(machine, name))!
    await besideIt()
    await setAside(machine, name, aside)
    await startInPlace(machine, beside, name)

    const made = (await inspectContainer(machine, name))!
    expect(made.id).not.toBe(former.id)
    expect(made).toMatchObject({
      state: 'running',
      ports: former.ports,
      mounts: former.mounts,
      restart: 'on-failure',
      labels: { ...former.labels, mark: 'new' },
    })
    const ask =
      'echo "$RECREATE_SECRET|$LINES|$PATH|${EMPTY-unset}"; id -u; pwd; hostname 2>/dev/null || cat /etc/hostname'
    expect(await docker('exec', name, 'sh', '-c', ask)).toBe(
      `${SECRET}|one\ntwo|/bin:/usr/bin|\n1654\n/tmp\nown`,
    )
    expect((await inspectContainer(machine, aside))?.state).toBe('exited')

    await bringBack(machine, name, former.id)
    expect((await inspectContainer(machine, name))?.id).toBe(former.id)
    expect(await inspectContainer(machine, aside)).toBeUndefined()
  })

  it('is left alone, and told of by name, when a new one would lack something', async () => {
    await started('--rm')
    const { id } = (await inspectContainer(machine, name))!
    await expect(besideIt()).rejects.toMatchObject({
      problem: { code: 'docker.option-not-carried', details: ['HostConfig.AutoRemove'] },
    })
    expect(await inspectContainer(machine, name)).toMatchObject({ id, state: 'running' })
    expect(await inspectContainer(machine, beside)).toBeUndefined()
  })

  it('has to be there', async () => {
    await removeContainer(machine, name)
    await expect(besideIt()).rejects.toMatchObject({ problem: { code: 'docker.container-missing' } })
  })
})
