import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { providers, type Provider } from '../../../electron/contract/database.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import { printConnectionString } from '../../../electron/database/connection/connection-string.ts'
import { vocabularyOf } from '../../../electron/database/connection/judge.ts'
import { readKeywordValues } from '../../../electron/database/connection/keyword-values.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { askBuilders, BUILDING_MS, judge } from './builders.ts'
import { ours, theirs } from './readings.ts'

vi.setConfig({ testTimeout: BUILDING_MS })

/**
 * What we read in a connection string, against what .NET, Npgsql and Microsoft.Data.SqlClient read. The strings are others
 * in each run; a failure names the seed to see them again. One process of .NET reads them all.
 */
const seed = Number(process.env['BUILDERS_SEED'] ?? Date.now() % 1_000_000_007)
const sample = <Value>(values: fc.Arbitrary<Value>, numRuns: number): Value[] =>
  fc.sample(values, { seed, numRuns })

/** Letters that mean something, and letters that .NET and JavaScript may judge differently. */
const letters = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...';;==\'\'""  abK') },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      ...'\t\n\r\0\u0001\u001f\u007f\u0085\u00a0\u200b\u2028\u3000\ufeffé{}\\,',
      '😀',
      'a=',
      'b=""',
      "c='",
    ),
  },
)
const scribble = fc.array(letters, { maxLength: 25 }).map((parts) => parts.join(''))

describe('the rules of ADO.NET', () => {
  it('give the same keywords and values, and the same refusals', async () => {
    const texts = sample(scribble, 8000)
    const readings = await askBuilders(texts.map((text) => ({ provider: 'Ado', text })))
    const wrong = texts.flatMap((text, at) => {
      const { ok, values = {} } = readings[at]!
      const read = readOrRefuse(text)
      // .NET cuts NULs off the end and looks at no keyword whose value is empty; no connection string is like that.
      if (read === undefined && ok && /[\u0000-\u001f\u007f-\u009f]/.test(text)) return []
      const same = JSON.stringify(read) === JSON.stringify(ok ? filled(Object.entries(values)) : undefined)
      return same ? [] : [JSON.stringify(text)]
    })
    expect(wrong, `seed ${seed}`).toEqual([])
  })
})

function readOrRefuse(text: string): Record<string, string> | undefined {
  try {
    const last = new Map(readKeywordValues(text).map(({ keyword, value }) => [keyword.toLowerCase(), value]))
    return filled([...last])
  } catch (error) {
    if (error instanceof SetupError) return undefined
    throw error
  }
}

/** An empty value takes the keyword out. */
function filled(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries(
    pairs.filter(([, value]) => value !== '').toSorted(([one], [other]) => (one < other ? -1 : 1)),
  )
}

/** Anything that a person may type as a name or a password, without what no connection string may hold. */
const typed = fc
  .oneof(
    fc.string({ minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    scribble,
  )
  .filter((text) => text.trim() !== '' && text.isWellFormed() && !/[\u0000-\u001f\u007f-\u009f]/.test(text))
const servers: Readonly<Record<Provider, fc.Arbitrary<string>>> = {
  PostgreSQL: fc.constantFrom('db', 'db.example.com', '10.0.0.7', '::1', '[::1]', '2001:db8::7'),
  MsSqlServer: fc.constantFrom(
    'srv',
    '.',
    '(local)',
    String.raw`srv\inst`,
    'srv.example.com',
    '10.0.0.7',
    '::1',
  ),
}

const partsFor = (provider: Provider) =>
  fc.record({
    provider: fc.constant(provider),
    server: servers[provider],
    port: fc.integer({ min: 1, max: 65_535 }),
    database: typed,
    user: typed,
    password: typed.map((text) => new Secret(text)),
    windowsLogin: fc.constant(false),
    options: fc.constant([]),
  })

describe.each(providers)('connection strings for %s', (provider) => {
  it('that we print are read by the driver as they are meant, and by us', async () => {
    const texts = sample(partsFor(provider), 800).map((parts) => printConnectionString(parts).open())
    await expectSame(provider, texts)
  })

  it('that we call good, or make good, the driver reads as we do', async () => {
    const judged = sample(strings(provider), 1200).map((text) => judge(text, provider))
    const usable = judged.flatMap(({ verdict, written }) => (verdict === 'refused' ? [] : [written!]))
    // The strings are made of what there is, so that most are of use.
    expect(usable.length, `seed ${seed}`).toBeGreaterThan(400)
    await expectSame(provider, usable)
  })
})

/** Fails unless the driver takes each text and reads in it what we read. */
async function expectSame(provider: Provider, texts: readonly string[]): Promise<void> {
  const readings = await askBuilders(texts.map((text) => ({ provider, text })))
  const wrong = texts.flatMap((text, at) => {
    const reading = readings[at]!
    if (!reading.ok) return [`${text} (${reading.error})`]
    const [we, they] = [ours(text, provider), theirs(reading, provider)]
    const differs = Object.keys(we).filter(
      (key) => JSON.stringify(sorted(we)[key]) !== JSON.stringify(sorted(they)[key]),
    )
    return differs.map(
      (key) => `${text}\n${key}: ${JSON.stringify(sorted(we)[key])}, ${JSON.stringify(sorted(they)[key])}`,
    )
  })
  expect({ count: wrong.length, first: wrong.slice(0, 12) }, `seed ${seed}`).toEqual({ count: 0, first: [] })
}

function sorted(meaning: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(meaning).map(([key, value]) => [
      key,
      typeof value === 'object'
        ? Object.entries(value as object).toSorted(([one], [other]) => (one < other ? -1 : 1))
        : value,
    ]),
  )
}

/** Complete connection strings, with options in all their spellings, and some mistakes. */
function strings(provider: Provider): fc.Arbitrary<string> {
  const vocabulary = vocabularyOf(provider)
  const server = provider === 'PostgreSQL' ? ['Host', 'Server'] : ['Data Source', 'Server', 'Address']
  const places =
    provider === 'PostgreSQL'
      ? [
          'db',
          'db:5433',
          '::1',
          '[::1]',
          '[::1]:5433',
          '10.0.0.7',
          'db;Port=5433',
          'db:5433;Port=5434',
          '[2001:db8::7]:5433',
          ' db ',
          '"db"',
        ]
      : [
          'srv',
          'srv,1433',
          'srv , 1433',
          'tcp:srv,1433',
          'tcp: srv',
          String.raw`srv\inst`,
          String.raw`srv\inst,1433`,
          String.raw`srv\MSSQLSERVER,1433`,
          String.raw`TCP: srv\inst , 1433 `,
          '(local)',
          '.',
          '"srv"',
        ]
  const option = fc
    .constantFrom(...vocabulary.keywords)
    .chain(({ name, also = [], kind, values = [], min = 0, max = 100 }) =>
      fc.record({
        spelling: fc.constantFrom(
          name,
          ...also,
          name.replaceAll(' ', ''),
          name.toLowerCase(),
          name.toUpperCase(),
        ),
        value:
          kind === 'boolean'
            ? fc.constantFrom('true', 'False', ' TRUE ', 'yes', '')
            : kind === 'integer'
              ? fc.integer({ min: Math.max(min, 0), max: Math.min(max, Math.max(min, 200)) }).map(String)
              : kind === 'choice'
                ? fc.constantFrom(...values)
                : fc.constantFrom('x', '"a;b"', "'a=\"b'", ' a b ', ''),
      }),
    )
    .map(({ spelling, value }) => `${spelling}=${value}`)
  const word = fc
    .constantFrom(...Object.keys(vocabulary.foreign), ...Object.keys(vocabulary.needless))
    .map((spelling) => `${spelling}=1`)
  return fc
    .record({
      first: fc.constantFrom(...server),
      place: fc.constantFrom(...places),
      login: fc.constantFrom(
        'Database=identity;User ID=identity;Password=x',
        "database = id ;UID='a;b';PWD=\"c'd\"",
        'Database=a;Database=b;Uid=u;Password=p;Password=',
      ),
      options: fc.array(fc.oneof({ weight: 6, arbitrary: option }, { weight: 1, arbitrary: word }), {
        maxLength: 5,
      }),
      between: fc.constantFrom(';', '; ', ' ;', ';;'),
      end: fc.constantFrom('', ';'),
    })
    .map(
      ({ first, place, login, options, between, end }) =>
        [`${first}=${place}`, login, ...options].join(between) + end,
    )
}
