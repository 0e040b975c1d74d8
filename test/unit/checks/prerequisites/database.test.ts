import { afterEach, expect, it, vi } from 'vitest'
import { databaseCheck } from '../../../../electron/checks/prerequisites/database.ts'
import type { LayerResult } from '../../../../electron/database/connection-test/layers.ts'
import * as connection from '../../../../electron/database/connection-test/test-connection.ts'
import { Secret } from '../../../../electron/secrets/secret.ts'
import { subject } from './subject.ts'

vi.mock(import('../../../../electron/database/connection-test/test-connection.ts'), { spy: true })
afterEach(() => void vi.mocked(connection.testConnection).mockReset())

const at = (text: string) =>
  subject({ database: { provider: 'PostgreSQL', connectionString: new Secret(text) } })
const layer = (
  id: LayerResult['id'],
  state: LayerResult['state'],
  more: Partial<LayerResult> = {},
): LayerResult => ({
  id,
  state,
  summary: `${id} says ${state}`,
  ms: 3,
  ...more,
})
const finding = (...layers: LayerResult[]) => {
  vi.mocked(connection.testConnection).mockResolvedValueOnce(layers)
  return databaseCheck.look(at('Host=db01;Database=creatio;Username=u;Password=p'))
}

it('is not tried before the database is known', async () => {
  expect(await databaseCheck.look(subject())).toMatchObject({ status: 'not-tried' })
})

it('passes in the words of the last layer', async () => {
  expect(await finding(layer('tls', 'not-applicable'), layer('schema', 'passed'))).toEqual({
    status: 'passed',
    summary: 'schema says passed',
    evidence: [
      { label: 'tls', value: 'not-applicable: tls says not-applicable (3 ms)' },
      { label: 'schema', value: 'passed: schema says passed (3 ms)' },
    ],
  })
})

it('fails in the words of the layer that failed, with the driver’s own', async () => {
  const more = { driverMessage: '28P01', cause: 'The password differs.', remedy: { text: 'Correct it.' } }
  expect(
    await finding(layer('tls', 'warning'), layer('login', 'failed', more), layer('rights', 'not-tried')),
  ).toMatchObject({
    status: 'failed',
    summary: 'login says failed.',
    cause: 'The password differs.',
    remedy: { text: 'Correct it.' },
    evidence: expect.arrayContaining([{ label: 'The driver says', value: '28P01' }]),
  })
})

it('warns of a layer that warned', async () => {
  expect(
    await finding(
      layer('rights', 'warning', { summary: 'May not create tables.' }),
      layer('schema', 'passed'),
    ),
  ).toMatchObject({ status: 'warning', summary: 'May not create tables.' })
})

it('has not tried what the test could not try, and takes it for nothing else', async () => {
  const remedy = { text: 'Name the issuer’s certificate file.' }
  expect(
    await finding(
      layer('name', 'warning'),
      layer('tls', 'not-tried', { cause: 'It cannot be judged here.', remedy }),
      layer('login', 'not-tried'),
      layer('schema', 'not-tried'),
    ),
  ).toMatchObject({
    status: 'not-tried',
    summary: 'tls says not-tried.',
    cause: 'It cannot be judged here.',
    remedy,
  })
})

it('asks the real thing: nothing listens on port 1, and no password is shown', async () => {
  const result = await databaseCheck.look(
    at('Host=127.0.0.1;Port=1;Database=creatio;Username=u;Password=Canary-7f3k'),
  )
  expect(result).toMatchObject({ status: 'failed', remedy: {} })
  expect(result.evidence?.map(({ label }) => label)).toEqual(
    expect.arrayContaining(['name', 'tcp', 'tls', 'login', 'rights', 'schema']),
  )
  expect(JSON.stringify(result)).not.toContain('Canary-7f3k')
})
