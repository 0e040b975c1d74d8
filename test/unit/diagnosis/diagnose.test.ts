import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { causes } from '../../../electron/diagnosis/causes.ts'
import { diagnose, type Diagnosis } from '../../../electron/diagnosis/diagnose.ts'

/**
 * `observed` holds shortened recordings of a real start, `documented` the words of the frameworks' and tools' own
 * sources where none was recorded. A file is named after the row it belongs to, `--` begins a variant.
 */
const fixtures = join(import.meta.dirname, '../../fixtures/startup-failures')
const samples = ['observed', 'documented'].flatMap((kind) =>
  readdirSync(join(fixtures, kind)).map((file) => ({
    kind,
    file,
    id: basename(file, '.txt').split('--')[0]!,
    log: readFileSync(join(fixtures, kind, file), 'utf8'),
  })),
)
const sample = (file: string) => samples.find((one) => one.file === `${file}.txt`)!.log
const of = (file: string, known: { user?: string; database?: string } = {}): Diagnosis =>
  diagnose({ log: sample(file), exitCode: 134, known })!

describe('the table of causes', () => {
  it.each(samples)('knows $kind/$file', ({ id, log }) => {
    const diagnosis = diagnose({ log, exitCode: 134 })
    expect(diagnosis?.id).toBe(id)
    expect(diagnosis?.evidenceLines).not.toEqual([])
    for (const line of diagnosis!.evidenceLines.slice(0, 1)) expect(log).toContain(line.slice(0, 30))
  })

  it('has a sample for each row that has signs, and no row twice', () => {
    const ids = causes.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const withSigns = causes.filter(({ signs }) => signs.length > 0).map(({ id }) => id)
    expect([...new Set(samples.map(({ id }) => id))].sort()).toEqual(withSigns.sort())
  })

  it('has a sample for each sign', () => {
    const idle = causes.flatMap(({ id, signs }) =>
      signs
        .filter(
          (sign) =>
            !samples.some((one) => one.id === id && one.log.split('\n').some((line) => sign.test(line))),
        )
        .map((sign) => `${id} ${sign}`),
    )
    expect(idle).toEqual([])
  })

  it.each(samples)('speaks of $kind/$file in the words of this program', ({ log }) => {
    const { cause, remedy } = diagnose({ log, exitCode: 134 })!
    expect(remedy.text).toMatch(/^[A-Z][a-z]+ /)
    expect(`${cause} ${remedy.text} ${remedy.sql ?? ''}`).not.toMatch(/undefined|NaN|please|successfully|!/i)
  })

  it('keeps no state between questions', () => {
    for (const { signs, facts = [] } of causes)
      for (const pattern of [...signs, ...facts]) expect(pattern.flags).not.toMatch(/[gy]/)
  })
})

describe('a diagnosis', () => {
  it('names what the log names', () => {
    expect(of('database.wrong-password').cause).toContain('“idsrv”')
    expect(of('database.unreachable').cause).toContain('127.0.0.1:55999. Inside a container')
    expect(of('port.in-use').cause).toContain('http://127.0.0.1:55080')
    expect(of('settings.not-json').cause).toBe(
      '/app/appsettings.json is not whole JSON: reading stops in line 2.',
    )
    expect(of('settings.backslash').cause).toContain('in line 4')
    expect(of('runtime.missing').remedy.text).toContain('Install ASP.NET Core Runtime 8.0.0')
    expect(of('sql-server.keyword').cause).toContain('.NET Framework')
    expect(of('sql-server.keyword--postgres').cause).toContain('PostgreSQL')
    expect(of('database.no-host-rule').remedy.text).toContain(
      'host "identity" "creatio" 172.17.0.4/32 scram-sha-256',
    )
  })

  it('gives the SQL that helps, with the names the setup knows', () => {
    expect(of('database.no-create-right', { user: 'id"srv' }).remedy.sql).toBe(
      'GRANT USAGE, CREATE ON SCHEMA "public" TO "id""srv";',
    )
    expect(of('database.missing', { user: 'idsrv', database: 'identity' }).remedy.sql).toBe(
      'CREATE DATABASE "identity" OWNER "idsrv";',
    )
    expect(of('sql-server.login--pool').remedy.sql).toBe(
      'CREATE LOGIN [IIS APPPOOL\\IdentityService] FROM WINDOWS;',
    )
    expect(of('sql-server.no-database').remedy.sql).toContain('CREATE USER [creatio] FOR LOGIN [creatio];')
    const { sql } = diagnose({ tokenLog: "Client secret validation failed for client: o'neill" })!.remedy
    expect(sql).toContain(`DELETE FROM "Clients" WHERE "ClientId" = 'o''neill';`)
    expect(sql!.split('\n')).toHaveLength(4)
  })

  it('goes by the last start of a container that starts again and again', () => {
    const log = sample('database.unreachable') + sample('certificate.missing')
    expect(diagnose({ log })?.id).toBe('certificate.missing')
  })

  it('goes by the log of the token first', () => {
    const diagnosis = diagnose({
      log: sample('database.unreachable'),
      tokenLog: sample('certificate.ec-with-rs256'),
      status: 500,
    })
    expect(diagnosis?.id).toBe('certificate.ec-with-rs256')
    expect(diagnosis?.evidenceLines).toEqual([
      'Unhandled exception: IDX10634: Unable to create the SignatureProvider.',
    ])
  })

  it('reads logs with Windows line ends and with times before each line', () => {
    expect(diagnose({ log: sample('database.wrong-password').replaceAll('\n', '\r\n') })?.id).toBe(
      'database.wrong-password',
    )
    const timed = sample('process.unknown-exception').replace(/^/gm, '2026-11-21T12:00:00.0Z ')
    expect(diagnose({ log: timed })?.id).toBe('process.unknown-exception')
  })

  it.each([
    [{ exitCode: 137, log: 'info: started' }, 'process.out-of-memory'],
    [{ exitCode: 139 }, 'process.crashed'],
    [{ exitCode: 134, log: 'something else' }, 'process.unknown-exception'],
    [{ exitCode: 3762504530 }, 'process.unknown-exception'],
    [{ exitCode: 1, log: ' \n' }, 'process.silent-end'],
    [{ exitCode: 0 }, 'process.silent-end'],
    [{ status: 503 }, 'proxy.no-service'],
    [{ status: 500 }, undefined],
    [{ log: 'info: Now listening on: http://[::]:80' }, undefined],
    [{}, undefined],
  ])('of %j without a sign is %s', (evidence, id) => {
    expect(diagnose(evidence)?.id).toBe(id)
  })

  it('does not repeat a value of the settings that the log repeats', () => {
    const { evidenceLines } = of('clients.field-not-a-list')
    expect(evidenceLines.join()).toContain('Error converting value "[hidden]" to type')
    expect(evidenceLines.join()).not.toContain('notarray')
  })
})
