import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { providers, type Provider } from '../../../electron/contract/database.ts'
import { askBuilders, BUILDING_MS, judge, type Reading } from './builders.ts'
import { ours, plain, theirs } from './readings.ts'

/** The connection strings of `test/fixtures/connection-strings`, read by the drivers. */
interface Fixture {
  readonly name: string
  readonly text: string
  readonly provider: Provider
  readonly verdict: 'good' | 'changed' | 'refused'
  readonly written?: string
  readonly expect: {
    readonly server: string
    readonly port?: number
    readonly database: string
    readonly user: string
    readonly windowsLogin?: boolean
    readonly options?: Readonly<Record<string, string>>
  }
}

/** Why we refuse what a driver reads: what it would do then is nothing that the service can use, or that we can test. */
const STRICTER = [
  /names no (database|user)/,
  /not one host name or address/,
  /LocalDB|opens a database file|for one Windows user/,
  /named pipe|shared memory|connection for emergencies/,
  /colon before its port/,
]

const fixtures = (await Promise.all(['postgresql', 'sql-server', 'other'].map(read))).flat()
let readings: ReadonlyMap<string, Reading>

async function read(file: string): Promise<readonly Fixture[]> {
  const path = new URL(`../../fixtures/connection-strings/${file}.json`, import.meta.url)
  const all = JSON.parse(await readFile(path, 'utf8')) as readonly (Omit<Fixture, 'provider'> & {
    provider: string
  })[]
  return all.flatMap((one) =>
    providers.filter((known) => known === one.provider).map((provider) => ({ ...one, provider })),
  )
}

const titleOf = ({ provider, name }: Fixture): string => `${provider}: ${name}`

const textOf = ({ verdict, text, written }: Fixture): string =>
  verdict === 'refused' ? text : (written ?? text)

beforeAll(async () => {
  const answers = await askBuilders(fixtures.map((one) => ({ provider: one.provider, text: textOf(one) })))
  readings = new Map(fixtures.map((one, at) => [titleOf(one), answers[at]!]))
}, BUILDING_MS)

const usable = fixtures.filter(({ verdict }) => verdict !== 'refused')
const refused = fixtures.filter(({ verdict }) => verdict === 'refused')

it('are there', () => {
  expect(usable.length).toBeGreaterThan(40)
  expect(new Set(fixtures.map(titleOf)).size).toBe(fixtures.length)
})

describe('a connection string that the service can use', () => {
  it.each(usable.map((one) => [titleOf(one), one] as const))('%s', (_name, one) => {
    const reading = readings.get(titleOf(one))!
    expect(reading).toMatchObject({ ok: true })
    expect(judge(one.text, one.provider)).toEqual({ verdict: one.verdict, written: textOf(one) })
    const meant = theirs(reading, one.provider)
    expect(ours(textOf(one), one.provider)).toEqual(meant)
    const {
      options = {},
      windowsLogin = false,
      port = one.provider === 'PostgreSQL' ? 5432 : 0,
      ...parts
    } = one.expect
    expect(meant).toMatchObject({
      ...parts,
      port,
      windowsLogin,
      options: Object.fromEntries(Object.entries(options).map(([name, value]) => [name, plain(name, value)])),
    })
  })
})

describe('a connection string that it cannot use', () => {
  it.each(refused.map((one) => [titleOf(one), one] as const))('%s', (_name, one) => {
    const { verdict, why = '' } = judge(one.text, one.provider)
    expect(verdict).toBe('refused')
    if (STRICTER.some((reason) => reason.test(why))) return
    expect(readings.get(titleOf(one))!.ok, `we refuse it (${why}), the driver does not`).toBe(false)
  })
})
