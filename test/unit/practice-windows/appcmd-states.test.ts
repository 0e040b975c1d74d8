import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { testServer } from './server.ts'

const SITE = ['add', 'site', '/name:S', '/physicalPath:C:\\s'] as const

test('what is new runs, and is stopped and started once', async () => {
  const { appcmd } = await testServer()
  await appcmd([...SITE, '/bindings:http/*:48090:'])
  const codes: number[] = []
  for (const verb of ['start', 'stop', 'stop', 'start']) codes.push((await appcmd([verb, 'site', 'S'])).code)

  expect(codes).toEqual([1056, 0, 1062, 0])
  expect((await appcmd(['stop', 'site', 'S'])).stdout).toBe('"S" successfully stopped\r\n')
  expect((await appcmd(['start', 'site', 'S'])).stdout).toBe('"S" successfully started.\r\n')
})

test('other codes for what runs already are borne', async () => {
  const { appcmd } = await testServer({ unverified: { alreadyThere: { started: 1, stopped: 2 } } })

  expect((await appcmd(['start', 'site', 'Creatio'])).code).toBe(1)
  expect((await appcmd(['stop', 'site', 'Default Web Site'])).code).toBe(2)
})

test('a site whose binding another started site has stays stopped', async () => {
  const { appcmd } = await testServer()
  await appcmd([...SITE, '/bindings:http/*:80:'])

  expect((await appcmd(['list', 'site', 'S', '/text:state'])).stdout).toBe('Stopped\r\n')
  expect((await appcmd(['start', 'site', 'S'])).code).toBe(183)
  expect((await appcmd(['start', 'site', 'Default Web Site'])).stdout).toMatch(/^ERROR \( hresult:800700b7, /)
})

test('a site whose port another program holds does not start', async () => {
  const { appcmd } = await testServer()
  const program = createServer()
  const port = await new Promise<number>((resolve) => {
    program.listen(0, () => resolve((program.address() as { port: number }).port))
  })
  try {
    await appcmd([...SITE, `/bindings:http/*:${port}:`])
    expect((await appcmd(['start', 'site', 'S'])).code).toBe(32)
  } finally {
    program.close()
  }
})

test('recycling needs a pool that runs, and gives it another worker', async () => {
  const { appcmd } = await testServer()
  const worker = async () => (await appcmd(['list', 'wp'])).stdout
  const before = await worker()

  expect(before).toMatch(/^WP "\d+" \(applicationPool:Creatio\)\r\n$/)
  expect((await appcmd(['recycle', 'apppool', 'Creatio'])).stdout).toBe('"Creatio" successfully recycled\r\n')
  expect(await worker()).not.toBe(before)
  await appcmd(['stop', 'apppool', 'Creatio'])
  expect((await appcmd(['recycle', 'apppool', 'Creatio'])).code).toBe(1062)
})

test('the first start may come before WAS has seen what was added', async () => {
  const { appcmd } = await testServer({
    faults: [{ tool: 'appcmd', at: 1, how: { kind: 'not-picked-up' } }],
  })
  await appcmd(['add', 'apppool', '/name:P', '/autoStart:false'])

  expect(await appcmd(['start', 'apppool', 'P'])).toMatchObject({
    code: 4312,
    stdout:
      'ERROR ( hresult:800710d8, message:Command execution failed.\r\nThe object identifier does not represent a valid object.\r\n )\r\n',
  })
  expect((await appcmd(['start', 'apppool', 'P'])).code).toBe(0)
})

test.each([
  [true, 0],
  [false, 50],
])('with the services stopped nothing is started; whether pools are added: %s', async (edits, code) => {
  const { appcmd } = await testServer({ wasStopped: true, unverified: { editsWithoutWas: edits } })

  expect((await appcmd(['start', 'site', 'Creatio'])).code).toBe(50)
  expect((await appcmd(['add', 'apppool', '/name:P'])).code).toBe(code)
})
