import { expect, test } from 'vitest'
import { testServer } from './server.ts'

/** `Pä&<"'5w` */
const ESCAPED = 'P&#xE4;&amp;&lt;&quot;&apos;5w'
const pool = (name: string, inner: string) =>
  `<appcmd><APPPOOL APPPOOL.NAME="${name}" PipelineMode="Integrated" RuntimeVersion="" state="Started"><add name="${name}" managedRuntimeVersion="">${inner}</add></APPPOOL></appcmd>`
const MODEL = `<processModel identityType="SpecificUser" userName="DOM\\u" password="${ESCAPED}" />`

test('a pool with an account is read from standard input, and its password is kept encrypted', async () => {
  const { appcmd, files } = await testServer()

  expect(await appcmd(['add', 'apppool', '/in'], { stdin: pool('P', MODEL) })).toMatchObject({
    code: 0,
    stdout: 'APPPOOL object "P" added\r\n',
  })
  expect(await files()).not.toContain('5w')
  const decode = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
  const { stdout } = await appcmd(['list', 'apppool', 'P', '/config', '/xml'], { decode })
  expect(stdout).toContain('password="Pä&amp;&lt;&quot;\'5w"')
  expect((await appcmd(['list', 'apppool', 'P'])).stdout).not.toContain('5w')
})

test('what it writes with its configuration it reads again', async () => {
  const { appcmd, configuration } = await testServer()
  await appcmd(['add', 'apppool', '/in'], { stdin: pool('P', MODEL.replace('P&#xE4;', 'Pa')) })
  await appcmd([
    'add',
    'site',
    '/name:S',
    '/bindings:http/*:48090:,https/[::1]:48443:',
    '/physicalPath:C:\\s',
  ])
  const before = await configuration()

  for (const [kind, name] of [
    ['site', 'S'],
    ['apppool', 'P'],
  ] as const) {
    const { stdout } = await appcmd(['list', kind, name, '/config', '/xml'])
    await appcmd(['delete', kind, name])
    expect((await appcmd(['add', kind, '-'], { stdin: stdout })).code).toBe(0)
  }
  expect(await configuration()).toBe(before)
})

test.each([
  ['nothing', ''],
  ['no XML', 'ERROR ( message:x )'],
  ['XML of something else', '<sites />'],
  ['raw bytes beyond ASCII', pool('P', '<processModel userName="ä" />')],
  ['cut off', pool('P', MODEL).slice(0, 150)],
])('%s is invalid data', async (_, stdin) => {
  const { appcmd } = await testServer()

  expect(await appcmd(['add', 'apppool', '/in'], { stdin })).toMatchObject({
    code: 13,
    stdout: 'ERROR ( hresult:8007000d, message:Command execution failed.\r\nThe data is invalid.\r\n )\r\n',
  })
})

test('environment variables of a pool are unknown to Windows Server 2016', async () => {
  const stdin = pool('P', '<environmentVariables><add name="A" value="b" /></environmentVariables>')

  expect((await (await testServer()).appcmd(['add', 'apppool', '/in'], { stdin })).code).toBe(0)
  const old = await testServer({ build: 14393 })
  expect((await old.appcmd(['add', 'apppool', '/in'], { stdin })).code).not.toBe(0)
})

test.each([true, false])(
  'set takes its objects from standard input; their settings too: %s',
  async (reads) => {
    const { appcmd } = await testServer({ unverified: { setReadsConfiguration: reads } })
    await appcmd(['add', 'apppool', '/in'], { stdin: pool('P', MODEL) })
    const stdin = pool('P', MODEL.replace('DOM\\u', 'DOM\\other'))

    expect((await appcmd(['set', 'apppool', '/in', '/autoStart:false'], { stdin })).code).toBe(0)
    expect((await appcmd(['list', 'apppool', 'P', '/text:autoStart'])).stdout).toBe('false\r\n')
    expect((await appcmd(['list', 'apppool', 'P', '/text:processModel.userName'])).stdout).toBe(
      reads ? 'DOM\\other\r\n' : 'DOM\\u\r\n',
    )
  },
)
