import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { parseSettings } from '../../../electron/service/settings-tree.ts'
import { decodeText } from '../../../electron/text/encoding.ts'
import { ENCODINGS } from './settings-samples.ts'

function verdict(bytes: Uint8Array): string {
  try {
    const tree = parseSettings(decodeText(bytes, 'appsettings.json').text, 'appsettings.json')
    return `ok ${[...tree.values.values()].map(({ key }) => key).join(' ')}`
  } catch (error) {
    const { code, where } = problemOf(error)
    return `${code} ${where?.line}:${where?.column}`
  }
}

/**
 * What .NET 10's AddJsonStream said of each text (Microsoft.Extensions.Configuration.Json, tried once with a small
 * console program): `ok` where it read it, otherwise it threw JsonReaderException or FormatException ("A duplicate
 * key 'A' was found."). The reader here must agree, and knows the place.
 */
describe('reading settings as .NET does', () => {
  it.each([
    ['comments and a trailing comma', '// c\n{ /* x */ "A":"b", // y\n "B":[1,2,],}', 'ok A B:0 B:1'],
    ['a comment ended by CR', '{// a\r "B":2\n,"A":1}', 'ok B A'],
    ['a section twice with other keys', '{"A":{"B":"1"},"a":{"C":"2"}}', 'ok A:B a:C'],
    ['a key that is value and section', '{"A":{"B":"1"},"A":"2"}', 'ok A:B A'],
    ['keys alike only by culture', '{"K":1,"\u212a":2,"ß":1,"SS":2,"I":1,"ı":2}', 'ok K \u212a ß SS I ı'],
    ['64 levels', `${'{"a":'.repeat(64)}1${'}'.repeat(64)}`, `ok ${Array(64).fill('a').join(':')}`],
    ['a NUL escape', '{"A":"a\\u0000b"}', 'ok A'],
    ['65 levels', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'settings.not-json 1:321'],
    ['the same key', '{"A":"b",\n "A":"c"}', 'settings.duplicate-key 2:2'],
    ['the same key in another case', '{"A":"b","a":"c"}', 'settings.duplicate-key 1:10'],
    ['the same key in colon form', '{"A":{"B":"1"},"A:B":"2"}', 'settings.duplicate-key 1:16'],
    ['the same key outside ASCII', '{"É":"b","é":"c"}', 'settings.duplicate-key 1:10'],
    ['the same key by escape', '{"\\u0041":"1","a":"2"}', 'settings.duplicate-key 1:15'],
    ['an empty object and a value', '{"A":{},"A":"2"}', 'settings.duplicate-key 1:9'],
    ['null and a value', '{"A":null,"A":"2"}', 'settings.duplicate-key 1:11'],
    ['a list item by number', '{"A":["x"],"A:0":"2"}', 'settings.duplicate-key 1:12'],
    ['a list', '[1]', 'settings.not-an-object 1:1'],
    ['a text', ' "x"', 'settings.not-an-object 1:2'],
    ['nothing', '', 'settings.not-json 1:1'],
    ['only a comment', '// x\n', 'settings.not-json 2:1'],
    ['two values', '{} {}', 'settings.not-json 1:4'],
    ['single quotes', "{'A':'b'}", 'settings.not-json 1:2'],
    ['a raw tab', '{"A":"a\tb"}', 'settings.not-json 1:6'],
    ['half a character', '{"A":"\\ud800"}', 'settings.not-json 1:6'],
    ['an unknown escape', '{"A":"\\x"}', 'settings.not-json 1:6'],
    ['a leading zero', '{"A":01}', 'settings.not-json 1:7'],
    ['NaN', '{"A":NaN}', 'settings.not-json 1:6'],
    ['a no-break space', '{"A":\u00a0"b"}', 'settings.not-json 1:6'],
    ['two commas', '{"A":1,,}', 'settings.not-json 1:8'],
    ['a leading comma', '{,}', 'settings.not-json 1:2'],
    ['a line separator in a comment', '{// a\u2028 "B":2\n"A":1}', 'settings.not-json 1:2'],
    ['a comment without end', '{"A":1} /* ', 'settings.not-json 1:9'],
    ['two marks', '\uFEFF\uFEFF{"A":"b"}', 'settings.not-json 1:1'],
  ])('agrees on %s', (_, text, wanted) => {
    expect(verdict(Buffer.from(text))).toBe(wanted)
  })

  it.each(Object.keys(ENCODINGS))('agrees on %s', (name) => {
    expect(verdict(ENCODINGS[name]!('{"A":"é"}'))).toBe('ok A')
  })

  it('refuses UTF-16 without a mark, as .NET does', () => {
    expect(verdict(Buffer.from('{"A":"b"}', 'utf16le'))).toBe('text.utf16-without-mark 1:1')
  })

  it('refuses other bytes than UTF-8, where .NET would go on with damaged text', () => {
    expect(verdict(Buffer.from('{"A":\n"é"}', 'latin1'))).toBe('text.not-unicode 2:2')
  })

  it('survives a hundred thousand open brackets', () => {
    expect(verdict(Buffer.from(`{"A":${'['.repeat(100_000)}`))).toBe('settings.not-json 1:69')
  })
})
