import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { checkPrerequisites } from '../../../electron/checks/prerequisites/prerequisites.ts'
import { prove } from '../../../electron/checks/proof/prove.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { dockerMachine, subject } from './prerequisites/subject.ts'

/** A port of loopback on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

it('looks at all prerequisites, and one that breaks keeps no other from being told', async () => {
  const told: string[] = []
  const wanted = {
    machine: dockerMachine(),
    container: { httpPort: await closedPort() },
    target: '/does-not-exist/service',
  } as const
  const run = { onCheck: ({ id }: { id: string }) => told.push(id) }
  const reports = await checkPrerequisites(
    subject({ ...wanted, source: { path: '/does-not-exist.zip' } }),
    run,
  )
  const statuses = Object.fromEntries(reports.map(({ id, status }) => [id, status]))
  expect(Object.keys(statuses)).toEqual([
    'files.archive',
    'files.target',
    'files.space',
    'docker.engine',
    'network.ports',
    'docker.names',
    'docker.https-certificate',
    'database.connection',
    'docker.database-server',
  ])
  expect(statuses).toMatchObject({
    'files.archive': 'passed',
    'docker.engine': 'passed',
    'network.ports': 'passed',
    'database.connection': 'not-tried',
  })
  expect(told.toSorted()).toEqual(Object.keys(statuses).toSorted())
  for (const { summary, why } of reports) expect(`${summary} ${why}`).toMatch(/^[A-Za-z0-9].*\. .*\.$/)
})

it('proves nothing of a service that does not run, and says what to do for each proof', async () => {
  const port = await closedPort()
  const reports = await prove(
    {
      machine: realMachine(),
      publicUrl: `http://127.0.0.1:${port}`,
      localUrl: `http://127.0.0.1:${port}`,
      pfx: '/does-not-exist/openssl.pfx',
      database: async () => ({
        provider: 'PostgreSQL',
        connectionString: new Secret(
          `Host=127.0.0.1;Port=${port};Database=d;Username=u;Password=Canary-7f3k`,
        ),
      }),
      client: { id: 'client0123456789', secret: new Secret('Canary-8g4l') },
      hide: () => {},
    },
    {},
  )
  expect(reports.map(({ id, status }) => `${id} ${status}`)).toEqual([
    'proof.discovery failed',
    'proof.keys failed',
    'proof.tables failed',
    'proof.client failed',
    'proof.token failed',
  ])
  for (const { remedy } of reports) expect(remedy?.text).toMatch(/^[A-Z]/)
  expect(JSON.stringify(reports)).not.toMatch(/Canary/)
})

it('tries no proof that was cancelled before it began', async () => {
  const signal = AbortSignal.abort()
  const reports = await checkPrerequisites(subject(), { signal })
  expect(new Set(reports.map(({ status }) => status))).toEqual(new Set(['not-tried']))
})
