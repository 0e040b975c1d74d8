import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { readEvents } from '../../../electron/windows/events.ts'
import { codePage, LANGUAGES, scriptedWindows } from './scripted-windows.ts'

const query = {
  log: 'Application',
  providers: ['IIS AspNetCore Module V2'],
  sinceMs: 600_000,
  most: 20,
} as const
const CALL =
  "wevtutil | qe | Application | /q:*[System[Provider[@Name='IIS AspNetCore Module V2'] and " +
  'TimeCreated[timediff(@SystemTime) <= 600000]]] | /c:20 | /rd:true | /f:RenderedXml | /uni:true'

const RENDERED = {
  English: ['en-US', 'Error', 'Failed to start application.'],
  German: ['de-DE', 'Fehler', 'Anwendung für „Öffnen“ nicht gestartet.'],
  Russian: ['ru-RU', 'Ошибка', 'Не удалось запустить приложение.'],
} as const

function event(language: keyof typeof RENDERED, id = 1010): string {
  const [culture, level, message] = RENDERED[language]
  return (
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System>` +
    `<Provider Name='IIS AspNetCore Module V2'/><EventID Qualifiers='0'>${id}</EventID><Version>0</Version>` +
    `<Level>2</Level><Task>0</Task><Opcode>0</Opcode><Keywords>0x80000000000000</Keywords>` +
    `<TimeCreated SystemTime='2026-01-05T10:11:12.1234567Z'/><EventRecordID>4711</EventRecordID><Correlation/>` +
    `<Execution ProcessID='5120' ThreadID='0'/><Channel>Application</Channel><Computer>SRV1</Computer><Security/>` +
    `</System><EventData><Data>Failed to start application &apos;/LM/W3SVC/6/ROOT/&apos;, ErrorCode '0x800700c1'.` +
    `</Data><Data>Process Id: 5120.</Data></EventData><RenderingInfo Culture='${culture}'><Message>${message}` +
    `</Message><Level>${level}</Level><Task></Task><Opcode>Info</Opcode><Channel></Channel><Provider></Provider>` +
    `<Keywords><Keyword>Classic</Keyword></Keywords></RenderingInfo></Event>\r\n`
  )
}

describe.each(LANGUAGES)('records in $language', ({ language, page }) => {
  const expected = {
    provider: 'IIS AspNetCore Module V2',
    id: 1010,
    level: 2,
    at: new Date('2026-01-05T10:11:12.123Z'),
    data: ["Failed to start application '/LM/W3SVC/6/ROOT/', ErrorCode '0x800700c1'.", 'Process Id: 5120.'],
    text: RENDERED[language][2],
  }

  it.each([
    ['UTF-16 with a mark', iconv.encode(`\uFEFF${event(language)}`, 'utf-16le')],
    ['UTF-16 without a mark', iconv.encode(event(language), 'utf-16le')],
    ['the code page of the console', iconv.encode(event(language).replaceAll(/[„“]/g, '?'), page)],
  ])('are read from %s', async (_, out) => {
    const { machine, calls } = scriptedWindows({ ...codePage(page), [CALL]: { out } })
    const [record, ...more] = await readEvents(machine, query)
    expect(record).toEqual({ ...expected, text: expect.any(String) })
    expect(record?.text.replaceAll(/[?„“]/g, '')).toBe(expected.text.replaceAll(/[„“]/g, ''))
    expect(more).toEqual([])
    expect(calls[0]).toBe(CALL)
  })

  it('come one after the other, without an element around them', async () => {
    const out = iconv.encode(event(language, 1001) + event(language, 1010), 'utf-16le')
    const { machine } = scriptedWindows({ [CALL]: { out } })
    expect((await readEvents(machine, query)).map(({ id }) => id)).toEqual([1001, 1010])
  })

  it('may break off: what is whole is told', async () => {
    const whole = iconv.encode(event(language, 1001) + event(language, 1010), 'utf-16le')
    const { machine } = scriptedWindows({ [CALL]: { out: whole.subarray(0, whole.length - 301) } })
    expect((await readEvents(machine, query)).map(({ id }) => id)).toEqual([1001])
  })
})

it('nothing printed is nothing found', async () => {
  const { machine } = scriptedWindows({ [CALL]: {} })
  expect(await readEvents(machine, query)).toEqual([])
})

it('several sources are asked for at once', async () => {
  const { machine, calls } = scriptedWindows({
    "wevtutil | qe | System | /q:*[System[Provider[@Name='Microsoft-Windows-WAS' or @Name='Service Control Manager'] and TimeCreated[timediff(@SystemTime) <= 2]]] | /c:1 | /rd:true | /f:RenderedXml | /uni:true":
      {},
  })
  const providers = ['Microsoft-Windows-WAS', 'Service Control Manager']
  await readEvents(machine, { log: 'System', providers, sinceMs: 1.5, most: 1 })
  expect(calls).toHaveLength(1)
})

it('a source with a schema of its own, and one whose messages Windows lacks', async () => {
  const user = event('English')
    .replace(
      /<EventData>.*<\/EventData>/,
      '<UserData><W xmlns="urn:w"><Pool>P</Pool><Code>5</Code></W></UserData>',
    )
    .replace(/<RenderingInfo.*<\/RenderingInfo>/, '')
  const { machine } = scriptedWindows({ [CALL]: { out: iconv.encode(user, 'utf-16le') } })
  expect(await readEvents(machine, query)).toMatchObject([{ data: ['P', '5'], text: 'P\n5', level: 2 }])
})

it.each(['\u001B[31mred\u001B[39m', '&#x1B;[31mred&#27;[39m', '&#0;red&#x1f;'])(
  'a message may hold what is no character of XML: %j',
  async (message) => {
    const xml = event('English').replace(RENDERED.English[2], message)
    const { machine } = scriptedWindows({ [CALL]: { out: iconv.encode(xml, 'utf-16le') } })
    expect((await readEvents(machine, query))[0]?.text).toContain('red')
  },
)

it('other characters written as numbers stay what they are', async () => {
  const xml = event('English').replace(RENDERED.English[2], 'a&#x9;b&#10;c&#xE9;d&#127;e&#x1F600;f')
  const { machine } = scriptedWindows({ [CALL]: { out: iconv.encode(xml, 'utf-16le') } })
  expect((await readEvents(machine, query))[0]?.text).toBe('a\tb\ncéd\u007Fe😀f')
})

it.each([
  ['windows.events-unreadable', { code: 5, err: 'Access is denied.' }],
  ['windows.events-unreadable', { code: 15001, err: 'Запрос недопустим', page: 'cp866' }],
  ['windows.events-unreadable', { code: 15007, err: 'The specified channel could not be found.' }],
  ['windows.unreadable-answer', { out: 'garbage' }],
  ['windows.unreadable-answer', { out: iconv.encode(event('English').slice(0, 400), 'utf-16le') }],
  ['windows.unreadable-answer', { out: '<Event><System><EventID>x</EventID></System></Event>' }],
  ['windows.unreadable-answer', { out: '<Event><<</Event>' }],
  ['process.timeout', { rejects: 'process.timeout' as const }],
])('is %s', async (code, answer) => {
  const { machine } = scriptedWindows({ ...codePage('cp866'), [CALL]: answer })
  await expect(readEvents(machine, query)).rejects.toMatchObject({ problem: { code } })
})
