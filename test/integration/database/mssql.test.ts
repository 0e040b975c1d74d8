import { describe, expect, it } from 'vitest'
import type { LayerResult } from '../../../electron/database/test/layers.ts'
import { testConnection } from '../../../electron/database/test/test-connection.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { closedPort, layer, listen, states, talkHttp } from './fixtures.ts'

function test(server: string, more = '', timeoutMs = 3000): Promise<readonly LayerResult[]> {
  const connectionString = new Secret(
    `Data Source=${server};Initial Catalog=db;User ID=u;Password=canary;${more}`,
  )
  return testConnection(realMachine(), { provider: 'MsSqlServer', connectionString }, { timeoutMs })
}

/** Answers PRELOGIN as a server that cannot encrypt: only the two options that are asked for. */
const PRELOGIN_WITHOUT_ENCRYPTION = Buffer.from(
  '0401001a00000100 00000b0006 0100110001 ff 100000000000 02'.replaceAll(' ', ''),
  'hex',
)

describe('a connection test of SQL Server', () => {
  it('tells a name nobody knows', async () => {
    const layers = await test('no-such-host.invalid')
    expect(states(layers)).toMatch(/^name failed, tcp not-tried/)
  })

  it('tells a closed port', async () => {
    const port = await closedPort()
    const layers = await test(`tcp:127.0.0.1,${port}`)
    expect(layer(layers, 'tcp')).toMatchObject({
      state: 'failed',
      summary: `Port ${port} refuses connections`,
    })
  })

  it('tells that a web server is not SQL Server', async () => {
    const web = await listen(talkHttp)
    const layers = await test(`127.0.0.1,${web.port}`)
    await web.close()
    expect(states(layers)).toMatch(/tcp passed, tls failed, login not-tried/)
    expect(layer(layers, 'tls').summary).toBe(`What answers at port ${web.port} is not SQL Server`)
  })

  it('gives up a port that accepts and says nothing', async () => {
    const silent = await listen(() => undefined)
    const layers = await test(`127.0.0.1,${silent.port}`, '', 300)
    await silent.close()
    expect(layer(layers, 'tls')).toMatchObject({ state: 'failed', summary: 'No answer within 0.3 seconds' })
  })

  it('tells a server that cannot encrypt, unless that is wanted', async () => {
    const plain = await listen((socket) =>
      socket.once('data', () => socket.write(PRELOGIN_WITHOUT_ENCRYPTION)),
    )
    const refused = await test(`127.0.0.1,${plain.port}`)
    // Past PRELOGIN this server says nothing: the real driver under test waits until the layer's time is over.
    const wanted = await test(`127.0.0.1,${plain.port}`, 'Encrypt=False', 300)
    await plain.close()
    expect(layer(refused, 'tls').summary).toMatch(/^The server does not encrypt/)
    expect(layer(wanted, 'tls').summary).toBe('No answer within 0.3 seconds')
    expect(JSON.stringify([refused, wanted])).not.toContain('canary')
  })

  it('explains why a Windows login cannot be tried here', async () => {
    const server = await listen((socket) =>
      socket.once('data', () => socket.write(PRELOGIN_WITHOUT_ENCRYPTION)),
    )
    const layers = await test(`127.0.0.1,${server.port}`, 'Encrypt=False;Integrated Security=SSPI')
    await server.close()
    expect(states(layers)).toBe(
      'name passed, tcp passed, tls not-applicable, login not-applicable, rights not-applicable, schema not-applicable',
    )
    expect(layer(layers, 'login').cause).toContain('logs in as the account it runs under')
  })
})
