import { describe, expect, it } from 'vitest'
import { SetupError } from '../../../electron/contract/problem.ts'
import { lookAtEngine } from '../../../electron/docker/engine.ts'
import type { CommandResult, Machine } from '../../../electron/machine/machine.ts'

/** What the client prints, recorded from Docker 28 (client), Podman 4.3 (service) and the documentation. */
const CLIENT = '"Client":{"Version":"28.2.2","ApiVersion":"1.41","DefaultAPIVersion":"1.50","Os":"linux"}'
const answers = (part: Partial<CommandResult>) =>
  ({
    processes: { run: async () => ({ exitCode: 0, stdout: '', stderr: '', ...part }) },
  }) as unknown as Machine
const refuses = (code: string) =>
  ({
    processes: { run: () => Promise.reject(new SetupError({ code, what: 'w', next: 'n' })) },
  }) as unknown as Machine

describe('lookAtEngine', () => {
  it('knows Docker', async () => {
    const stdout = `{${CLIENT},"Server":{"Version":"28.2.2","Os":"linux","Components":[{"Name":"Engine"}]}}`
    expect(await lookAtEngine(answers({ stdout }))).toEqual({
      client: '28.2.2',
      engine: { product: 'docker', version: '28.2.2', os: 'linux', hostName: 'host.docker.internal' },
    })
  })

  it('knows Podman behind the client of Docker, and by itself', async () => {
    const engine = { product: 'podman', version: '4.3.1', os: 'linux', hostName: 'host.containers.internal' }
    const behind = `{${CLIENT},"Server":{"Version":"4.3.1","Os":"linux","Components":[{"Name":"Podman Engine"}]}}`
    expect(await lookAtEngine(answers({ stdout: behind }))).toEqual({ client: '28.2.2', engine })
    const alone = '{"Client":{"APIVersion":"4.3.1","Version":"4.3.1","OsArch":"linux/amd64","Os":"linux"}}'
    expect(await lookAtEngine(answers({ stdout: alone }))).toEqual({ client: '4.3.1', engine })
  })

  it.each([
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      'docker.not-running',
    ],
    [
      'error during connect: this error may indicate that the docker daemon is not running: open //./pipe/docker_engine: The system cannot find the file specified.',
      'docker.not-running',
    ],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: dial unix /var/run/docker.sock: connect: permission denied',
      'docker.no-access',
    ],
    ['error during connect: open //./pipe/docker_engine: Access is denied.', 'docker.no-access'],
    ['something new', 'docker.failed'],
  ])('says why there is no answer: %s', async (stderr, code) => {
    const look = await lookAtEngine(answers({ exitCode: 1, stdout: `{${CLIENT},"Server":null}`, stderr }))
    expect(look).toMatchObject({ client: '28.2.2', problem: { code } })
    expect(look.engine).toBeUndefined()
  })

  it('says that there is no client, or that it hangs', async () => {
    expect((await lookAtEngine(refuses('process.not-found'))).problem?.code).toBe('docker.not-installed')
    expect((await lookAtEngine(refuses('process.timeout'))).problem?.code).toBe('docker.not-running')
  })

  it('does not take Windows containers', async () => {
    const stdout = `{${CLIENT},"Server":{"Version":"28.2.2","Os":"windows"}}`
    expect((await lookAtEngine(answers({ stdout }))).problem?.code).toBe('docker.windows-containers')
  })

  it.each(['', 'null', '[]', '{"Client":null}', '<html>'])('survives %j', async (stdout) => {
    expect((await lookAtEngine(answers({ stdout }))).problem?.code).toBe('docker.failed')
  })
})
