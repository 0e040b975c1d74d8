import { beforeAll, describe, expect, it } from 'vitest'
import { providers, type Provider } from '../../../electron/contract/database.ts'
import { exactKeyword, type DriverKeyword } from '../../../electron/database/connection/driver-keywords.ts'
import { vocabularyOf } from '../../../electron/database/connection/judge.ts'
import { askBuilders, BUILDING_MS, judge, type Reading } from './builders.ts'

/** What we know of the drivers' keywords, against the drivers themselves. */

const COMPLETE: Readonly<Record<Provider, string>> = {
  PostgreSQL: 'Host=db;Database=identity;Username=identity;Password=x;',
  MsSqlServer: 'Data Source=db;Initial Catalog=identity;User ID=identity;Password=x;',
}

const VALUES: readonly string[] = [
  'x|true|FALSE|yes|No|SSPI|on|-2|-1|0|1| 5 |+5|1.5|0x10|1e3'.split('|'),
  '49 60 61 100 101 255 256 511 512 1024 1025 32768 32769 2147483647 2147483648'.split(' '),
  [128, 129, 261].map((length) => 'x'.repeat(length)),
].flat()

interface Case {
  readonly provider: Provider
  readonly keyword: DriverKeyword
  readonly spelling: string
  readonly value: string
  readonly text: string
}

/** Long values are only long. */
const short = (text: string): string => text.replaceAll(/x{20,}/g, (many) => `x…${many.length}`)

/** Quoted, so that space stays and nothing ends the value. */
const quoted = (spelling: string, value: string): string => `${spelling}="${value}"`

function casesOf(provider: Provider): Case[] {
  return vocabularyOf(provider).keywords.flatMap((keyword) =>
    [keyword.name, ...(keyword.also ?? [])].flatMap((spelling) =>
      [
        ...VALUES,
        ...(keyword.values ?? []),
        ...(keyword.values ?? []).map((value) => value.toUpperCase()),
      ].map((value) => ({
        provider,
        keyword,
        spelling,
        value,
        text: COMPLETE[provider] + quoted(spelling, value),
      })),
    ),
  )
}

const cases = providers.flatMap(casesOf)
const words = providers.flatMap((provider) => {
  const vocabulary = vocabularyOf(provider)
  return [vocabulary.foreign, vocabulary.needless, vocabulary.instead].flatMap((list) =>
    // Some are also spelled as the driver wants it.
    Object.keys(list)
      .filter((word) => !exactKeyword(vocabulary, word))
      .map((word) => ({ provider, word, text: `${COMPLETE[provider]}${word}=1` })),
  )
})

/** Why we refuse what the driver takes. */
const STRICTER: readonly ((one: Case) => boolean)[] = [
  // .NET reads a choice by its number too, and takes numbers that stand for nothing.
  ({ keyword, value }) => keyword.kind === 'choice' && /^\s*[+-]?\d+\s*$/.test(value),
  // The server would cut the name.
  ({ keyword, value }) => /^(Database|Username)$/.test(keyword.name) && value.length > 63,
  // Nothing that the service can use, or that we can test.
  ({ keyword }) => /^(Host|Data Source|Authentication|AttachDbFilename|User Instance)$/.test(keyword.name),
  ({ keyword, value }) => keyword.name === 'GSS Encryption Mode' && /^require$/i.test(value),
]

let readings: readonly Reading[]
let ofWritten: ReadonlyMap<string, Reading>
let ofWords: readonly Reading[]
let empty: readonly Reading[]
const keyOf = (provider: Provider, text: string): string => `${provider} ${text}`

beforeAll(async () => {
  const judged = cases.map(({ provider, text }) => ({ provider, text: judge(text, provider).written ?? '' }))
  const bare = providers.map((provider) => ({ provider, text: COMPLETE[provider] }))
  const all = await askBuilders([
    ...cases.map(({ provider, text }) => ({ provider, text })),
    ...judged,
    ...words,
    ...bare,
  ])
  readings = all.slice(0, cases.length)
  ofWritten = new Map(
    judged.map(({ provider, text }, at) => [keyOf(provider, text), all[cases.length + at]!]),
  )
  ofWords = all.slice(2 * cases.length, 2 * cases.length + words.length)
  empty = all.slice(-bare.length)
}, BUILDING_MS)

describe.each(providers)('keywords of %s', (provider) => {
  const own = cases.map((one, at) => ({ ...one, at })).filter((one) => one.provider === provider)

  it('are all that the driver lists, under its own names', () => {
    const { values, defaults } = empty[providers.indexOf(provider)]!
    const known = new Set(vocabularyOf(provider).keywords.map(({ name }) => name))
    expect([...Object.keys(values!), ...Object.keys(defaults!)].filter((name) => !known.has(name))).toEqual(
      [],
    )
    const misnamed = own.filter(({ at, keyword }) => {
      const reading = readings[at]!
      return (
        reading.values !== undefined &&
        !(keyword.name in reading.values) &&
        keyword.name !== 'Context Connection'
      )
    })
    expect(misnamed.map(({ text }) => text)).toEqual([])
  })

  it('each spelling is taken with some value', () => {
    const taken = new Set(own.filter(({ at }) => readings[at]!.ok).map(({ spelling }) => spelling))
    expect([...new Set(own.map(({ spelling }) => spelling))].filter((one) => !taken.has(one))).toEqual([])
  })

  it('words of other drivers are refused', () => {
    const taken = words.filter((one, at) => one.provider === provider && ofWords[at]!.values !== undefined)
    expect(taken.map(({ word }) => word)).toEqual([])
  })

  it('what we call good, the driver takes; what we change, it takes then', () => {
    const wrong = own.flatMap(({ text, at }) => {
      const { verdict, written } = judge(text, provider)
      const reading = verdict === 'good' ? readings[at]! : ofWritten.get(keyOf(provider, written ?? ''))!
      return verdict === 'refused' || reading.ok ? [] : [`${verdict}: ${text} (${reading.error})`]
    })
    expect(wrong.map(short)).toEqual([])
  })

  it('what the driver takes, we do not refuse', () => {
    const wrong = own.flatMap((one) => {
      const { verdict, why } = judge(one.text, provider)
      if (!readings[one.at]!.ok || verdict !== 'refused' || STRICTER.some((reason) => reason(one))) return []
      return [`${one.text} (${why})`]
    })
    expect(wrong.map(short)).toEqual([])
  })
})
