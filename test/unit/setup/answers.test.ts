import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersSchema } from '../../../electron/contract/answers.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { readAnswers } from '../../../electron/setup/answers.ts'

const example = JSON.stringify(exampleAnswers('docker', 'linux'))
const read = (text: string) => readAnswers(text, answersSchema, 1, '/a/answers.json')
const problems = (text: string) => {
  const result = read(text)
  return 'problems' in result ? result.problems : []
}
const paths = (text: string) => problems(text).map(({ where, what }) => `${where?.path}: ${what}`)

describe('an answer file', () => {
  it('is read, with and without the mark that Windows editors put before it', () => {
    expect(read(example)).toEqual({ answers: JSON.parse(example) })
    expect(read(`\uFEFF${example}`)).toEqual({ answers: JSON.parse(example) })
  })

  it.each([
    ['{\n  "version": 1,\n  "hosting": docker\n}', 3, 14, 'Invalid symbol.'],
    ['{\n"version": 1,\n}', 3, 1, 'Property name expected.'],
    ['', 1, 1, 'Value expected.'],
    ['// said\n{}', 1, 1, 'Invalid comment token.'],
    ['{"a": 1} {', 1, 10, 'End of file expected.'],
    ['{"a": "\u0001"}', 1, 7, 'Invalid character.'],
  ])('that is not JSON is refused with its place: %j', (text, line, column, cause) => {
    expect(problems(text)).toEqual([
      expect.objectContaining({
        code: 'answers.not-json',
        cause,
        where: { file: '/a/answers.json', line, column },
      }),
    ])
  })

  it.each(['['.repeat(100_000), '{"a":'.repeat(30_000), `"${'x'.repeat(2_000_000)}"`])(
    'that no reader should take on is refused (%#)',
    (text) => expect(problems(text)[0]?.code).toBe('answers.not-json'),
  )

  it('with a key twice is refused, because the last one would win without a word', () => {
    const twice = example.replace('"httpPort":8090', '"httpPort":8090,"httpPort":81,"name":"b"')
    expect(problems(twice)).toMatchObject([
      {
        code: 'answers.invalid',
        what: '“container.httpPort” stands there twice.',
        where: { path: 'container.httpPort', line: 1 },
      },
      { what: '“container.name” stands there twice.' },
    ])
    expect(problems('{"version":1,"version":1}')[0]?.what).toBe('“version” stands there twice.')
    // Escaped, it is the same key.
    expect(problems('{"version":1,"\\u0076ersion":1}')[0]?.what).toBe('“version” stands there twice.')
  })

  it('names unknown keys by their path, those of every object among them', () => {
    const text = example
      .replace('"client":{', '"client":{"__proto__":1,"constructor":2,')
      .replace('"days":', '"dayz":1,"days":')
      .replace('{"version"', '{"toString":1,"version"')
    expect(paths(text)).toEqual([
      'client.__proto__: “client.__proto__” is not known.',
      'client.constructor: “client.constructor” is not known.',
      'certificate.dayz: “certificate.dayz” is not known.',
      'toString: “toString” is not known.',
    ])
    expect(({} as Record<string, unknown>)['version']).toBeUndefined()
  })

  it.each([
    ['"port":5432', '"port":"5432"', 'database.port: “database.port” has to be a number.'],
    ['"port":5432', '"port":1e999', 'database.port: “database.port” has to be a number.'],
    ['"port":5432', '"port":54.5', 'database.port: “database.port” has to be a whole number.'],
    ['"port":5432', '"port":65536', 'database.port: “database.port” is larger than 65535.'],
    ['"port":5432', '"port":0', 'database.port: “database.port” is smaller than 1.'],
    ['"user":"creatio"', '"user":null', 'database.user: “database.user” has to be a string.'],
    ['"user":"creatio",', '', 'database.user: “database.user” is missing.'],
    ['"user":"creatio"', '"user":""', 'database.user: “database.user” is empty.'],
    [
      '"user":"creatio"',
      `"user":"${'x'.repeat(1001)}"`,
      'database.user: “database.user” is longer than 1000 characters.',
    ],
    [
      '"user":"creatio"',
      '"user":"a\\nb"',
      'database.user: “database.user” has a line break, a tab or another control character in it.',
    ],
    ['"stdout":false', '"stdout":"false"', 'logging.stdout: “logging.stdout” has to be a boolean.'],
    [
      '"level":"Warning"',
      '"level":"Loud"',
      'logging.level: “logging.level” has to be "Trace" or "Debug" or "Information" or "Warning" or "Error" or "Critical" or "None".',
    ],
    ['"version":1', '"version":2', 'version: The answers are of version 2; this program reads version 1.'],
    [
      '"version":1',
      '"version":{"x":1}',
      'version: The answers are of another kind; this program reads version 1.',
    ],
    [
      'env:IDENTITY_DB_PASSWORD',
      'hunter2',
      'database.password: “database.password” does not have the form that is asked for.',
    ],
  ])('says what is wrong: %s → %s', (from, to, says) => {
    expect(example).toContain(from)
    expect(paths(example.replace(from, to))).toEqual([says])
  })

  it.each(['null', '[]', '1', '"x"'])('that is %s is not the right kind', (text) => {
    expect(problems(text)[0]?.what).toBe('The answers are not a JSON object.')
  })

  it('never repeats a secret that was written into it', () => {
    const text = example.replace('env:IDENTITY_DB_PASSWORD', 'hunter2hunter2')
    expect(JSON.stringify(problems(text))).not.toContain('hunter2')
  })

  it('whatever it holds, is read or refused, and never throws', () => {
    const spot = fc.tuple(fc.nat(example.length), fc.nat(8), fc.string({ unit: 'binary', maxLength: 8 }))
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), fc.array(spot, { maxLength: 3 })), (input) => {
        const text = Array.isArray(input)
          ? input.reduce((now, [at, length, put]) => now.slice(0, at) + put + now.slice(at + length), example)
          : input
        const result = read(text)
        if ('problems' in result)
          for (const { code, next } of result.problems)
            expect([code, next]).toEqual([
              expect.stringMatching(/^answers\./),
              expect.stringMatching(/^[A-Z]/),
            ])
        else expect(result.answers).toEqual(JSON.parse(text.replace(/^\uFEFF/, '')))
      }),
      { numRuns: 500 },
    )
  })
})
