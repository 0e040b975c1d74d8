import iconv from 'iconv-lite'
import { expect, test } from 'vitest'
import type { Language } from '../../../electron/practice/windows/state.ts'
import { testServer } from './server.ts'

test.each([
  [['restart', 'site', 'x'], 87, "ERROR ( message:Command 'RESTART' is not supported on object 'SITE'."],
  [['list', 'foo'], 87, "ERROR ( message:Object 'FOO' is not supported.  Run 'appcmd.exe /?'"],
  [['delete', 'site'], 87, 'ERROR ( message:Must specify the SITE object with identifier. )\r\n'],
  [['delete', 'site', 'x'], 1168, 'ERROR ( message:Cannot find SITE object with identifier "x". )\r\n'],
  [['start', 'apppool', '/apppool.name:x'], 1168, 'ERROR ( message:Cannot find APPPOOL object with'],
  [
    ['add', 'site', '/name:Creatio'],
    183,
    'ERROR ( message:Failed to add duplicate collection element "Creatio". )',
  ],
  [
    ['add', 'apppool', '/name:creatio'],
    183,
    "ERROR ( message:New add object missing required attributes. Cannot add duplicate collection entry of type 'add' with unique key attribute 'name' set to 'creatio'\r\n\r\n. )\r\n",
  ],
  [
    ['set', 'apppool', 'Creatio', '/environmentVariable:x'],
    87,
    'ERROR ( message:Unknown attribute "environmentVariable".  Replace with -? for help. )\r\n',
  ],
  [
    ['set', 'site', 'Creatio', "/-bindings.[protocol='http',bindingInformation='*:81:']"],
    4312,
    'ERROR ( message:Cannot find requested collection element. )\r\n',
  ],
  [['set', 'apppool', 'Creatio', '/autoStart:maybe'], 87, 'ERROR ( message:'],
  [['add', 'apppool'], 87, 'ERROR ( message:'],
  [['add', 'site', '/name:S', '/bindings:http/*:99999:'], 87, 'ERROR ( message:'],
  [['add', 'site', '/name:S', '/id:2'], 183, 'ERROR ( message:'],
  [['list', 'site', 'a', 'b'], 87, "ERROR ( message:Failed to process input: The parameter 'b' must begin"],
  [['set', 'config', '/section:ghost', '/a:b'], 87, 'ERROR ( message:Unknown config section "ghost".'],
])('%j ends with %i', async (args, code, start) => {
  const { appcmd, configuration } = await testServer()
  const before = await configuration()
  const answer = await appcmd(args)

  expect(answer).toMatchObject({ code, stderr: '' })
  expect(answer.stdout.slice(0, start.length)).toBe(start)
  expect(await configuration()).toBe(before)
})

test.each(['filtered', 'user'] as const)('a token that is %s may not even read', async (token) => {
  const { appcmd } = await testServer({ token })

  expect(await appcmd(['list', 'site'])).toMatchObject({
    code: 1168,
    stdout:
      'ERROR ( message:Configuration error\r\nFilename: redirection.config\r\nLine Number: 0\r\nDescription: Cannot read configuration file due to insufficient permissions\r\n. )\r\n',
  })
  expect((await appcmd(['list', 'wp'])).code).toBe(50)
})

test.each([
  ['de', 850, 'Das SITE-Objekt mit dem Bezeichner "Gänse" wurde nicht gefunden.'],
  ['ru', 866, 'Не удалось найти объект SITE с идентификатором "Gänse".'],
] as const)(
  'in %s the text is translated, and written in code page %i',
  async (language: Language, page, text) => {
    const { appcmd } = await testServer({ language })
    const decode = (bytes: Uint8Array) => iconv.decode(Buffer.from(bytes), `cp${page}`)
    const { code, stdout } = await appcmd(['delete', 'site', 'Gänse'], { decode })

    expect(code).toBe(1168)
    // What a code page does not have comes out as a question mark.
    const lossy = iconv.decode(iconv.encode(text, `cp${page}`), `cp${page}`)
    expect(stdout).toBe(`ERROR ( message:${lossy} )\r\n`)
  },
)

test('codes and states are the same in every language', async () => {
  const calls = [
    ['list', 'site', '/text:state'],
    ['start', 'site', 'Creatio'],
    ['delete', 'apppool', 'x'],
    ['add', 'apppool', '/name:Creatio'],
  ]
  const answers: unknown[] = []
  for (const language of ['en', 'de', 'ru'] as const) {
    const { appcmd } = await testServer({ language })
    const codes: number[] = []
    for (const call of calls) codes.push((await appcmd(call)).code)
    answers.push([codes, (await appcmd(calls[0]!)).stdout, (await appcmd(['list', 'site', '/xml'])).stdout])
  }

  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})
