import { beforeEach, expect, it } from 'vitest'
import type { ClientRows } from '../../../electron/database/identity-database.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { removalSql } from '../../../electron/steps/client-rows.ts'
import { keepRows, readKeptRows } from '../../../electron/steps/kept-rows.ts'

const rows = (clientId: string): ClientRows => ({
  clientId,
  key: 7,
  tables: [{ table: 'Clients', rows: [{ Id: 7, ClientId: clientId }] }],
})

let disk: Map<string, Uint8Array>
let machine: Pick<Machine, 'files' | 'clock'>

beforeEach(() => {
  disk = new Map()
  machine = {
    files: {
      list: async () => [...disk.keys()].map((path) => path.split(/[/\\]/).at(-1)!),
      read: async (path: string) => disk.get(path),
      makeFolder: async () => undefined,
      write: async (path: string, bytes: Uint8Array) => void disk.set(path, bytes),
    },
    clock: { now: () => new Date('2026-11-22T01:02:03Z') },
  } as unknown as typeof machine
})

it('rows are kept once, and read as they were written', async () => {
  const { path } = await keepRows(machine, '/kept', rows('a'))
  expect(path).toMatch(/client-20261122-010203-[0-9a-f]{8}\.json$/)
  expect(await readKeptRows(machine, path)).toEqual(rows('a'))
  expect((await keepRows(machine, '/kept', rows('a'))).path).toBe(path)
  expect((await keepRows(machine, '/kept', rows('b'))).path).not.toBe(path)
})

it.each<[string, string, (path: string, other: string) => void]>([
  ['gone', 'undo.backup-gone', (path) => disk.delete(path)],
  ['cut short', 'undo.backup-damaged', (path) => disk.set(path, disk.get(path)!.subarray(0, 40))],
  ['one byte off', 'undo.backup-damaged', (path) => void (disk.get(path)![20]! ^= 1)],
  [
    'exchanged for another client’s',
    'undo.backup-damaged',
    (path, other) => disk.set(path, disk.get(other)!),
  ],
])('a file that is %s is refused, and the database is left alone', async (_, code, spoil) => {
  const { path } = await keepRows(machine, '/kept', rows('a'))
  const { path: other } = await keepRows(machine, '/kept', rows('b'))
  spoil(path, other)
  await expect(readKeptRows(machine, path)).rejects.toMatchObject({
    problem: { code, where: { file: path }, untouched: 'The database was left as it is.' },
  })
})

it('as SQL, the removal shows what is sent for the service’s own tables, and only names others', () => {
  const tables = [
    { table: 'Clients', rows: 1 },
    { table: 'ClientScopes', rows: 2 },
    { table: `Other.Extra's\n"Notes"`, rows: 1 },
  ]
  expect(removalSql('MsSqlServer', 7, tables)).toEqual([
    'begin transaction;',
    `-- 1 row of Other.Extra's "Notes", by its foreign key`,
    'delete from [ClientScopes] where [ClientId] = 7; -- 2 rows',
    'delete from [Clients] where [Id] = 7; -- 1 row',
    'commit;',
  ])
})
