import { describe, expect, it } from 'vitest'
import { databaseFromContainerCheck } from '../../../../electron/checks/prerequisites/docker/database-from-container.ts'
import { engineCheck } from '../../../../electron/checks/prerequisites/docker/engine.ts'
import { namesCheck } from '../../../../electron/checks/prerequisites/docker/names.ts'
import { portsCheck } from '../../../../electron/checks/prerequisites/docker/ports.ts'
import type { PrerequisiteSubject } from '../../../../electron/checks/prerequisites/subject.ts'
import { CONTEXT_LABEL, SPEC_LABEL } from '../../../../electron/docker/labels.ts'
import { Secret } from '../../../../electron/secrets/secret.ts'
import { container, dockerMachine, engine, subject, type Changes, type DockerWorld } from './subject.ts'

const NAME = 'creatio-identity-service'
const IMAGE = 'creatio-identity-service:latest'
const on = (world: DockerWorld, changes: Changes = {}) =>
  subject({ machine: dockerMachine(world), ...changes })
/** The same where no engine answers. */
const withoutEngine = (changes: Changes = {}): PrerequisiteSubject => {
  const { engine: _, engineLook: __, ...rest } = subject(changes)
  return rest
}

describe('the engine', () => {
  it('passes when it answers', async () => {
    expect(await engineCheck.look(subject())).toEqual({
      status: 'passed',
      summary: 'docker 28.2.2 answers.',
      evidence: [
        { label: 'Client', value: '28.2.2' },
        { label: 'Engine', value: 'docker 28.2.2, linux containers' },
      ],
    })
  })

  it('fails with what keeps it from being used', async () => {
    const problem = { code: 'c', what: 'It cannot be used.', cause: 'It sleeps.', next: 'Wake it.' }
    expect(await engineCheck.look(subject({ engineLook: { client: '28.2.2', problem } }))).toEqual({
      status: 'failed',
      summary: 'It cannot be used.',
      evidence: [{ label: 'Client', value: '28.2.2' }],
      cause: 'It sleeps.',
      remedy: { text: 'Wake it.' },
    })
    const windows = { engine: { ...engine, os: 'windows' as const }, problem }
    expect(await engineCheck.look(subject({ engineLook: windows }))).toMatchObject({
      status: 'failed',
      evidence: [{ label: 'Engine', value: 'docker 28.2.2, windows containers' }],
    })
    expect(await engineCheck.look(withoutEngine())).toMatchObject({
      status: 'failed',
      summary: 'No container engine answers.',
    })
  })
})

describe('the names', () => {
  it('pass when they are free, or were given by this program', async () => {
    expect(await namesCheck.look(on({}))).toMatchObject({ status: 'passed' })
    const own = {
      containers: { [NAME]: container(NAME, { labels: { [SPEC_LABEL]: 'x' } }) },
      images: { [IMAGE]: { Id: 'i', Config: { Labels: { [CONTEXT_LABEL]: 'y' } } } },
    }
    expect(await namesCheck.look(on(own))).toMatchObject({ status: 'passed' })
  })

  it('fail when somebody else has given them', async () => {
    const theirs = {
      containers: { [NAME]: container(NAME) },
      images: { [IMAGE]: { Id: 'i', Config: { Labels: null } } },
    }
    expect(await namesCheck.look(on(theirs))).toMatchObject({
      status: 'failed',
      summary: `This program did not make the container ${NAME} and the image ${IMAGE}.`,
      remedy: { text: expect.stringMatching(/^Choose other names/) },
    })
    expect(await namesCheck.look(on({ images: theirs.images }))).toMatchObject({
      summary: `This program did not make the image ${IMAGE}.`,
    })
  })

  it('are not tried without an engine, or before they are asked for', async () => {
    expect(await namesCheck.look(withoutEngine())).toMatchObject({ status: 'not-tried' })
    expect(await namesCheck.look(subject({ hosting: 'practice' }))).toMatchObject({ status: 'not-tried' })
  })
})

describe('the ports', () => {
  const https = { port: 8443 }

  it('pass when they are free', async () => {
    expect(await portsCheck.look(on({}, { container: { https } }))).toMatchObject({
      status: 'passed',
      summary: '8090 and 8443 can be used.',
    })
  })

  it('fail when another program listens there', async () => {
    expect(await portsCheck.look(on({ taken: [8443] }, { container: { https } }))).toMatchObject({
      status: 'failed',
      summary: 'Port 8443 is used by another program.',
      remedy: { text: expect.stringMatching(/^Choose another port/) },
    })
  })

  it('fail when another container publishes them, and name it', async () => {
    const other = { containers: { shop: container('shop', { ports: [8090] }) }, taken: [8090, 8443] }
    expect(await portsCheck.look(on(other, { container: { https } }))).toMatchObject({
      status: 'failed',
      summary: 'Port 8090 is used by the container shop. Port 8443 is used by another program.',
    })
  })

  it('pass when this installation itself has them', async () => {
    const own = { containers: { [NAME]: container(NAME, { ports: [8090] }) }, taken: [8090] }
    expect(await portsCheck.look(on(own))).toMatchObject({ status: 'passed' })
  })

  it('pass when its own container listens on the host’s network, and nobody else’s', async () => {
    const hosted = (about: object) => ({
      containers: {
        [NAME]: container(NAME, {
          network: 'host',
          env: ['ASPNETCORE_URLS=http://*:8090;https://*:8443'],
          labels: { [SPEC_LABEL]: 'x' },
          ...about,
        }),
      },
      taken: [8090],
    })
    expect(await portsCheck.look(on(hosted({})))).toMatchObject({ status: 'passed' })
    for (const about of [{ labels: {} }, { state: 'exited' }, { env: ['ASPNETCORE_URLS=http://*:80'] }])
      expect(await portsCheck.look(on(hosted(about)))).toMatchObject({ status: 'failed' })
  })

  it('are looked at without an engine too', async () => {
    const machine = dockerMachine({ taken: [8090] })
    expect(await portsCheck.look(withoutEngine({ machine }))).toMatchObject({ status: 'failed' })
    expect(await portsCheck.look(withoutEngine({ machine: dockerMachine() }))).toMatchObject({
      status: 'passed',
    })
  })

  it('are not looked at where none is named', async () => {
    expect(await portsCheck.look(subject({ hosting: 'practice' }))).toMatchObject({
      status: 'not-applicable',
      summary: 'No port is named.',
    })
  })
})

describe('the database server as seen from the container', () => {
  const at = (server: string, changes: Changes = {}) => {
    const connectionString = new Secret(`Host=${server};Database=creatio;Username=u;Password=Canary-7f3k`)
    return subject({ database: { provider: 'PostgreSQL', connectionString }, ...changes })
  }

  it('passes for a name that means the same everywhere', async () => {
    const finding = await databaseFromContainerCheck.look(at('db01.example.com'))
    expect(finding).toEqual({
      status: 'passed',
      summary: 'The container will use “db01.example.com”.',
      evidence: [
        { label: 'From this machine', value: 'db01.example.com' },
        { label: 'From the container', value: 'db01.example.com' },
      ],
    })
  })

  it('fails for localhost, and names what to use', async () => {
    expect(await databaseFromContainerCheck.look(at('localhost'))).toMatchObject({
      status: 'failed',
      summary: 'The container cannot reach “localhost”.',
      cause: expect.stringContaining('the container itself'),
      remedy: { text: expect.stringContaining('host.docker.internal') },
    })
  })

  it('warns for this machine’s own name', async () => {
    expect(await databaseFromContainerCheck.look(at('SRV01'))).toMatchObject({ status: 'warning' })
  })

  it('goes by the name that is given for the container, and by its network', async () => {
    const databaseServer = 'host.docker.internal'
    expect(
      await databaseFromContainerCheck.look(at('localhost', { container: { databaseServer } })),
    ).toMatchObject({
      status: 'passed',
      evidence: [{}, { label: 'From the container', value: databaseServer }],
    })
    expect(
      await databaseFromContainerCheck.look(at('localhost', { container: { network: 'host' } })),
    ).toMatchObject({ status: 'passed' })
  })

  it('is not tried while something is missing, and not asked for without a container', async () => {
    expect(await databaseFromContainerCheck.look(subject())).toMatchObject({
      status: 'not-tried',
      summary: 'It is asked for on the Database page.',
    })
    const { engine: _, ...rest } = at('localhost')
    expect(await databaseFromContainerCheck.look(rest)).toMatchObject({
      status: 'not-tried',
      summary: 'No container engine answers.',
    })
    expect(await databaseFromContainerCheck.look(at('localhost', { hosting: 'practice' }))).toMatchObject({
      status: 'not-tried',
    })
  })
})
