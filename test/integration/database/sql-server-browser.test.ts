import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { mssqlDriver } from '../../../electron/database/sql-server/driver.ts'
import { mssqlLayers } from '../../../electron/database/sql-server/layers.ts'
import { runLayers, type LayerResult } from '../../../electron/database/connection-test/layers.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startBrowser, type Browser, type BrowserOptions } from '../../doubles/sql-server/browser.ts'
import { startIdentityResponder } from '../../doubles/sql-server/identity/responder.ts'
import { emptyState } from '../../doubles/sql-server/identity/state.ts'
import { closedPort, layer, states } from './fixtures.ts'
import { at, readConnectionTest } from './sql-server-fixtures.ts'

const machine = realMachine()
let close: (() => Promise<unknown>)[] = []

beforeAll(readConnectionTest, 120_000)

afterEach(async () => {
  for (const one of close) await one()
  close = []
})

async function browser(options: BrowserOptions): Promise<Browser> {
  const started = await startBrowser(options)
  close.push(started.close)
  return started
}

async function test(
  server: string,
  browserPort: number,
  timeoutMs = 30_000,
): Promise<readonly LayerResult[]> {
  const set = mssqlLayers(machine, at({ port: 1 }, `Data Source=${server}`), undefined, browserPort)
  return runLayers({ clock: machine.clock, ...set, timeoutMs }).finally(set.close)
}

describe('a named instance', () => {
  it('is found at the port that SQL Server Browser tells', async () => {
    const responder = await startIdentityResponder(emptyState())
    close.push(responder.close)
    const { port, asked } = await browser({ instances: { SQLEXPRESS: responder.port } })
    const layers = await test('127.0.0.1\\sqlexpress', port)
    expect(states(layers)).toMatch(
      /^name passed, tcp passed, tls not-applicable, login passed, server passed/,
    )
    expect(layer(layers, 'tcp').summary).toBe(
      `Port ${responder.port} answers: SQL Server Browser tells it of sqlexpress`,
    )
    const driver = mssqlDriver(machine, at({ port: 1 }, 'Data Source=localhost\\SQLEXPRESS'), port)
    await (await driver.open(AbortSignal.timeout(30_000))).close()
    expect(new Set(asked)).toEqual(new Set(['sqlexpress', 'SQLEXPRESS']))
  })

  it('is not asked for when a port is written, or when it is the default one', async () => {
    const { port, asked } = await browser({ instances: {} })
    const closed = await closedPort()
    const layers = await test(`127.0.0.1\\SQLEXPRESS,${closed}`, port)
    expect(layer(layers, 'tcp').summary).toBe(`Port ${closed} refuses connections`)
    await test('127.0.0.1\\MSSQLSERVER', port)
    expect(asked).toEqual([])
  })

  it('whose Browser is silent is told with the way around it', async () => {
    const { port, asked } = await browser({ instances: {}, silent: true })
    const layers = await test('127.0.0.1\\SQLEXPRESS', port)
    expect(layer(layers, 'tcp')).toMatchObject({
      state: 'failed',
      summary: 'SQL Server Browser on 127.0.0.1 says nothing about the instance SQLEXPRESS',
      cause: expect.stringContaining('error: 26'),
      remedy: { text: expect.stringContaining('127.0.0.1,port') },
    })
    // A datagram may get lost.
    expect(asked).toHaveLength(3)
  })

  it('is cancelled while it is asked for', async () => {
    const { port } = await browser({ instances: {}, silent: true })
    expect(layer(await test('127.0.0.1\\SQLEXPRESS', port, 200), 'tcp').summary).toBe(
      'No answer within 0.2 seconds',
    )
  })

  it('that does not listen on TCP is told', async () => {
    const { port } = await browser({ instances: { SQLEXPRESS: undefined } })
    expect(layer(await test('127.0.0.1\\SQLEXPRESS', port), 'tcp').summary).toBe(
      'The instance SQLEXPRESS does not listen on TCP',
    )
  })

  it.each([Buffer.from('nonsense'), Buffer.from([5]), Buffer.from([5, 4, 0, 1, 2, 3, 4])])(
    'is not looked for where something else answers: %j',
    async (says) => {
      const { port } = await browser({ instances: { X: 1 }, says })
      expect(layer(await test('127.0.0.1\\X', port), 'tcp').summary).toMatch(/is not SQL Server Browser$/)
    },
  )

  it('behind a told port that is closed is told with that port', async () => {
    const closed = await closedPort()
    const { port } = await browser({ instances: { X: closed } })
    expect(layer(await test('127.0.0.1\\X', port), 'tcp').summary).toBe(`Port ${closed} refuses connections`)
  })
})
