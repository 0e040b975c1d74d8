import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { wevtutil } from '../../../electron/practice/windows/tools/wevtutil.ts'
import { run, type ServerUnderTest, serverUnderTest } from './simulated-server.ts'

const ancm = 'IIS AspNetCore Module V2'
let server: ServerUnderTest

beforeEach(async () => {
  const ago = (ms: number) => new Date(Date.now() - ms).toISOString()
  server = await serverUnderTest('ru', (state) => {
    state.events = [
      {
        log: 'Application',
        provider: ancm,
        id: 1010,
        level: 2,
        at: ago(1_000),
        data: ['ä <&>', 'a\r\nb'],
        record: 2,
      },
      { log: 'Application', provider: ancm, id: 1032, level: 4, at: ago(2_000), data: ['ok'], record: 1 },
      { log: 'Application', provider: 'Other', id: 1, level: 4, at: ago(1_000), data: [], record: 3 },
      {
        log: 'System',
        provider: 'Microsoft-Windows-WAS',
        id: 5059,
        level: 2,
        at: ago(9e6),
        data: [],
        record: 1,
      },
    ]
  })
})
afterEach(() => server.clean())

const ask = (query: string, ...more: string[]) =>
  run(wevtutil, server, ['qe', 'Application', `/q:${query}`, ...more])

describe('wevtutil of the simulated server', () => {
  it('prints one event after the other, the newest first, without a root', async () => {
    const query = `*[System[Provider[@Name='${ancm}' or @Name='x'] and TimeCreated[timediff(@SystemTime) <= 600000]]]`
    const { code, bytes } = await ask(query, '/c:20', '/rd:true', '/f:RenderedXml', '/uni:true')
    expect(code).toBe(0)
    const lines = bytes.toString('utf16le').split('\r\n')
    expect(lines.map((line) => /<EventID[^>]*>(\d+)</.exec(line)?.[1])).toEqual(['1010', '1032', undefined])
    expect(lines[0]).toContain('<Data>ä &lt;&amp;&gt;</Data><Data>a&#13;\nb</Data>')
    expect(lines[0]).toContain("<RenderingInfo Culture='ru-RU'>")
    expect(lines[0]).toContain('<Level>Ошибка</Level>')
  })

  it('begins with a mark on the newest builds', async () => {
    expect((await ask('*', '/uni:true')).bytes.subarray(0, 4)).toEqual(Buffer.from('<E', 'utf16le'))
    server.state.system = { ...server.state.system, build: 26_100 }
    expect((await ask('*', '/uni:true')).bytes.subarray(0, 4)).toEqual(Buffer.from('\uFEFF<', 'utf16le'))
  })

  it('writes not one byte when nothing is found', async () => {
    for (const query of ["*[System[Provider[@Name='y']]]", `*[System[Provider[@Nmae='${ancm}']]]`])
      expect(await ask(query, '/uni:true')).toMatchObject({ code: 0, out: '', err: '' })
    expect((await ask("*[System[Provider[@Name='y']]]", '/e:Events')).out).toBe('<Events>\r\n</Events>\r\n')
  })

  it.each([
    ['*[System[EventID=1010]]', 1],
    ['*[System[(EventID=1010 or EventID=1032) and Level<=4]]', 2],
    ["*[System[Provider[@Name='Other'] or Level=2]]", 2],
    ['*[System[TimeCreated[timediff(@SystemTime) > 600000]]]', 0],
    ['*', 3],
  ])('understands %s', async (query, count) => {
    expect((await ask(query)).out.split('<Event ').length - 1).toBe(count)
  })

  it('takes no more than it was asked for', async () => {
    expect((await ask('*', '/c:2')).out.split('<Event ').length - 1).toBe(2)
  })

  it.each([
    [['qe', 'Application', '/q:*[System[Nonsense=1]]'], 15_001],
    [['qe', 'Application', '/q:*[System[EventID=1]'], 15_001],
    [['qe', 'Nowhere'], 15_007],
    [['qe', 'Application', '*[System]'], 87],
    [['qe', 'Application', '/f:Html'], 87],
    [['xx', 'Application'], 87],
  ])('refuses %j on standard error', async (args, code) => {
    const result = await run(wevtutil, server, args)
    expect(result).toMatchObject({ code, out: '' })
    expect(result.err).toMatch(/[а-я]+/)
  })

  it('does not open Security without full rights', async () => {
    server.state.token = { ...server.state.token, elevated: false }
    expect((await run(wevtutil, server, ['qe', 'Security'])).code).toBe(5)
  })
})
