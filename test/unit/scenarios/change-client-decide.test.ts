import { describe, expect, it } from 'vitest'
import type { ClientRow } from '../../../electron/database/identity-database.ts'
import { decide, type ClientToday } from '../../../electron/scenarios/change-client/decide.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { readClients } from '../../../electron/service/clients.ts'
import { MANUAL_SCOPES } from '../../../electron/service/scope-names.ts'
import { answers, asking, before, builtIn, entryText, facts, NEW, NEW_SECRET, OLD, OLD_SECRET, rowOf, settingsWith } from './change-client-sample.ts' // prettier-ignore

const today: ClientToday = {
  entries: readClients(before),
  rows: [rowOf(1, 'bpmonline-designer', 'Public'), rowOf(2, OLD, OLD_SECRET), rowOf(9, 'OfCreatio', 'x')],
  recorded: OLD,
  provider: 'PostgreSQL',
  settings: facts.settings.path,
  random: {
    bytes: (count) => new Uint8Array(count),
    below: (
      (at) => (limit: number) =>
        (at = (at * 31 + 7) % 65_521) % limit
    )(1),
  },
}
const patched = (id: string, secret: string, rows: readonly ClientRow[]): ClientToday => ({
  ...today,
  entries: readClients(settingsWith(builtIn, entryText(id, secret))),
  rows,
})
const open = ({ wanted, former, toGo }: ReturnType<typeof decide>) => ({
  id: wanted.id,
  secret: wanted.secret?.open(),
  from: wanted.from,
  former: former.id,
  formerSecret: former.secret?.open(),
  toGo: toGo?.key,
})
const codeOf = (work: () => unknown) => {
  try {
    work()
    return undefined
  } catch (error) {
    return (error as { problem?: { code: string } }).problem?.code
  }
}

describe('what a change of the client decides', () => {
  it('generate makes something new of the vendor’s lengths, and the former row goes', () => {
    const decided = open(decide(answers, today))
    expect(decided).toMatchObject({ from: 'generated', former: OLD, formerSecret: OLD_SECRET, toGo: 2 })
    expect([decided.id.length, decided.secret!.length]).toEqual([16, 32])
    expect([decided.id, decided.secret]).not.toEqual([OLD, OLD_SECRET])
  })

  it('with the row given, an interrupted run goes on with what it has written', () => {
    const asked = asking({ current: OLD, id: NEW, secret: 'generate' }, 2)
    const kept = { id: NEW, secret: NEW_SECRET, from: 'kept', former: OLD }
    // Written, and the rows still there; then they are gone.
    expect(open(decide(asked, patched(NEW, NEW_SECRET, today.rows)))).toMatchObject({ ...kept, toGo: 2 })
    const gone = today.rows.filter(({ key }) => key !== 2)
    expect(open(decide(asked, patched(NEW, NEW_SECRET, gone)))).toMatchObject({ ...kept, toGo: undefined })
    // Nothing written yet.
    expect(open(decide(asked, today))).toMatchObject({ id: NEW, from: 'generated', toGo: 2 })
  })

  it('with the row given and the ID kept, the settings’ secret counts once it differs from the row', () => {
    const asked = asking({ current: OLD, secret: 'generate' }, 2)
    expect(open(decide(asked, today)).from).toBe('generated')
    expect(open(decide(asked, patched(OLD, NEW_SECRET, today.rows)))).toMatchObject({
      secret: NEW_SECRET,
      from: 'kept',
      toGo: 2,
    })
  })

  it('with the row given and another one in its place, nothing is to be done', () => {
    const rows = [rowOf(10, NEW, NEW_SECRET)]
    const decided = decide(asking({ current: OLD, id: NEW, secret: 'generate', scopes: ['a'] }, 2), patched(NEW, NEW_SECRET, rows)) // prettier-ignore
    expect(open(decided)).toMatchObject({ id: NEW, secret: NEW_SECRET, from: 'kept', toGo: undefined })
    expect(decided.wanted.scopes).toEqual(MANUAL_SCOPES)
  })

  it('what is as wanted needs no removal; a name or scope that differs does', () => {
    const typed = { ...today, typed: new Secret(OLD_SECRET) }
    expect(decide(asking({ id: OLD, secret: 'env:S' }), typed).toGo).toBeUndefined()
    expect(decide(asking({ name: 'Other' }), today).toGo?.key).toBe(2)
    expect(decide(asking({ scopes: [...MANUAL_SCOPES, 'more'] }), today).toGo?.key).toBe(2)
    expect(decide(asking({ scopes: [...MANUAL_SCOPES].toReversed() }), today).toGo).toBeUndefined()
  })

  it('left out stays: what settings and database have together', () => {
    const rows = [rowOf(2, OLD, OLD_SECRET, { scopes: ['in_database'], grantTypes: ['implicit'] })]
    const { wanted } = decide(asking({ secret: 'generate' }), { ...today, rows })
    expect(wanted.scopes).toEqual([...MANUAL_SCOPES, 'in_database'])
    expect(wanted.grantTypes).toEqual(['client_credentials', 'implicit'])
  })

  it('refuses an ID in use, a client that is not there, and a secret that nobody knows', () => {
    expect(codeOf(() => decide(asking({ id: 'OfCreatio' }), today))).toBe('client.id-taken')
    expect(codeOf(() => decide(asking({ id: 'bpmonline-designer' }), today))).toBe('client.id-taken')
    expect(codeOf(() => decide(asking({ current: 'x', secret: 'generate' }), today))).toBe('client.unknown')
    expect(codeOf(() => decide(asking({ name: 'n' }), patched(OLD, 'edited', today.rows)))).toBe('client.secret-lost') // prettier-ignore
    expect(codeOf(() => decide(answers, { ...today, entries: [] }))).toBe('client.unknown')
  })

  it('what an interrupted run has written over has to be refused, unless it goes on opening the client', () => {
    const overwritten = new Secret(OLD_SECRET)
    const asked = asking({ current: OLD, secret: 'generate' }, 2)
    const former = (now: ClientToday) => decide(asked, { ...now, overwritten }).former.secret?.open()
    const made = patched(OLD, NEW_SECRET, [rowOf(10, OLD, NEW_SECRET)])
    // Written, with the former rows there, gone, and made anew.
    expect(former(patched(OLD, NEW_SECRET, today.rows))).toBe(OLD_SECRET)
    expect(former(patched(OLD, NEW_SECRET, []))).toBe(OLD_SECRET)
    expect(former(made)).toBe(OLD_SECRET)
    const scopes = asking({ current: OLD, scopes: ['more'] }, 2)
    expect(decide(scopes, { ...today, rows: [rowOf(10, OLD, OLD_SECRET)], overwritten }).former).toEqual({
      id: OLD,
    })
  })

  it('SQL Server takes an ID that differs by case, or by blanks at its end, for the same', () => {
    const sqlServer: ClientToday = { ...today, provider: 'MsSqlServer' }
    for (const id of ['ofcreatio', 'OfCreatio ', 'BPMonline-designer']) {
      expect(codeOf(() => decide(asking({ id }), sqlServer))).toBe('client.id-taken')
      expect(decide(asking({ id }), today).wanted.id).toBe(id)
    }
    // The client’s own ID may be written otherwise.
    expect(decide(asking({ id: OLD.toUpperCase() }), sqlServer)).toMatchObject({
      wanted: { id: OLD.toUpperCase() },
      toGo: { key: 2 },
    })
  })
})
