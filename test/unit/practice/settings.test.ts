import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { unhandled } from '../../../electron/practice/service/failure.ts'
import type { Settings } from '../../../electron/practice/service/settings.ts'
import { readSettings } from '../../../electron/practice/service/settings.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'practice-settings-'))
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

async function read(text: string | Buffer, env: NodeJS.ProcessEnv = {}): Promise<Settings> {
  await writeFile(join(folder, 'appsettings.json'), text)
  return readSettings(folder, env)
}

test('nested keys become one, in any case; values become text', async () => {
  const settings = await read(
    '{"Logging":{"LogLevel":{"Default":"Debug"}},"Full":true,"List":["a",{"b":1.5}],"None":null}',
  )
  expect(settings.get('logging:loglevel:DEFAULT')).toBe('Debug')
  expect(settings.get('Full')).toBe('True')
  expect(settings.get('List:1:b')).toBe('1.5')
  expect(settings.get('None')).toBe('')
  expect(settings.get('Logging')).toBeUndefined()
})

test.each(['utf8', 'utf16le'] as const)('comments, a trailing comma and a BOM in %s', async (encoding) => {
  const settings = await read(Buffer.from('\uFEFF{ /* a */ "Key": "é", // b\n }', encoding))
  expect(settings.get('Key')).toBe('é')
})

test('the environment wins over the file of the environment, which wins over the file', async () => {
  await writeFile(join(folder, 'appsettings.Production.json'), '{"A":{"B":"production"},"C":"production"}')
  const settings = await read('{"A":{"B":"file"},"C":"file","D":"file"}', { a__b: 'environment' })
  expect([settings.get('A:B'), settings.get('C'), settings.get('D')]).toEqual([
    'environment',
    'production',
    'file',
  ])
})

test('Kestrel’s certificate may come by an ASPNETCORE_ variable', async () => {
  const settings = await read('{}', { ASPNETCORE_Kestrel__Certificates__Default__Path: '/tls.pfx' })
  expect(settings.get('Kestrel:Certificates:Default:Path')).toBe('/tls.pfx')
})

test('no file is no error', async () => {
  expect((await readSettings(folder, {})).get('Clients')).toBeUndefined()
})

test.each([
  ['{', 'reached end of data. LineNumber: 0 | BytePositionInLine: 1.'],
  ['', 'reached end of data. LineNumber: 0 | BytePositionInLine: 0.'],
  ['[]', `Top-level JSON element must be an object. Instead, 'array' was found.`],
  [
    '{\n  "A": "1"\n  "B": "2"\n}',
    `'"' is invalid after a value. Expected either ',', '}', or ']'. LineNumber: 2 | BytePositionInLine: 2.`,
  ],
  [
    '{ "A": nothing }',
    `'n' is an invalid start of a property name or value. LineNumber: 0 | BytePositionInLine: 7.`,
  ],
  ['{ "é": "srv\\instance", "B": "" }', `'i'`],
  ['{ "A": "line\n", "B": "" }', `'0x0D' is invalid within a JSON string.`],
  [
    '{ "é": "srv\\xpress" }',
    `'x' is an invalid escapable character within a JSON string. The string should be correctly escaped. LineNumber: 0 | BytePositionInLine: 13.`,
  ],
])('%j is refused, with the place', async (text, words) => {
  const failure = await read(text).then(() => undefined, unhandled)
  expect(failure).toContain(`Failed to load configuration from file '${join(folder, 'appsettings.json')}'.`)
  expect(failure).toContain(words)
})
