import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonNode } from '../../../electron/practice/service/lenient-json.ts'
import { readLenientJson } from '../../../electron/practice/service/lenient-json.ts'

function plain({ value }: JsonNode): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([name, node]) => [name, plain(node as JsonNode)]))
  return value
}

const read = (text: string) => plain(readLenientJson(text))

test('reads all that JSON.parse reads, alike', () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false }), (text) => {
      fc.pre(!text.includes('__proto__'))
      expect(read(text)).toEqual(JSON.parse(text))
    }),
  )
})

test.each([
  [`['single', "do'uble"]`, ['single', "do'uble"]],
  ['{bare: 1, $other: null}', { bare: 1, $other: null }],
  ['[1, 2,]', [1, 2]],
  ['{"a": 1,}', { a: 1 }],
  ['/* before */ [ // within\n true ] // after', [true]],
  [`'\\u00e9\\'\\n'`, "é'\n"],
])('also reads %s', (text, value) => {
  expect(read(text)).toEqual(value)
})

test.each([
  ['hello', `Unexpected character encountered while parsing value: h. Path '', line 0, position 0.`],
  [
    '[{"ClientId":"x',
    `Unterminated string. Expected delimiter: ". Path '[0].ClientId', line 1, position 15.`,
  ],
  ['[{"ClientId":1', `Unexpected end when deserializing object. Path '[0].ClientId', line 1, position 14.`],
  ['["a"', `Unexpected end when deserializing array. Path '[0]', line 1, position 4.`],
  [
    '["a" "b"]',
    `After parsing a value an unexpected character was encountered: ". Path '[0]', line 1, position 6.`,
  ],
  [
    '{"a" 1}',
    `Invalid character after parsing property name. Expected ':' but got: 1. Path 'a', line 1, position 5.`,
  ],
  ['{\n  -: 1}', `Invalid property identifier character: -. Path '', line 2, position 2.`],
  ['["\\x"]', `Bad JSON escape sequence: \\x. Path '[0]', line 1, position 3.`],
  ['["\\u12"]', `Invalid Unicode escape sequence: \\u12"]. Path '[0]', line 1, position 3.`],
  [
    '[] x',
    `Additional text encountered after finished reading JSON content: x. Path '', line 1, position 4.`,
  ],
])('says where %s goes wrong', (text, words) => {
  expect(() => readLenientJson(text)).toThrow(words)
})

test('any text is read or refused in its own words, never anything else', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...`[]{}:,'"\\u1-x/* \n`) }), (text) => {
      try {
        readLenientJson(text)
      } catch (error) {
        expect(error).toHaveProperty('name', 'StartFailure')
      }
    }),
  )
})
