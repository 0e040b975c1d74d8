import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { causes } from '../../../electron/diagnosis/causes.ts'
import { diagnose, type Diagnosis, type FailureEvidence } from '../../../electron/diagnosis/diagnose.ts'
import { iisCauses } from '../../../electron/diagnosis/iis-causes.ts'
import { iisSight } from '../../../electron/diagnosis/iis-sight.ts'
import { iisStartCauses } from '../../../electron/diagnosis/iis-start-causes.ts'
import { readErrorPage } from '../../../electron/iis/evidence.ts'

interface Sample extends Omit<FailureEvidence, 'status' | 'subStatus' | 'hresult'> {
  readonly source: string
  readonly answer?: { readonly status: number; readonly body: string }
}

const folder = join(import.meta.dirname, '../../fixtures/iis-failures')
const samples = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({
    name: basename(file, '.json'),
    id: basename(file, '.json').split('--')[0]!,
    sample: JSON.parse(readFileSync(join(folder, file), 'utf8')) as Sample,
  }))

const KNOWN = { pool: 'Identity Pool', site: 'Identity', folder: 'C:\\apps\\IdentityService' }

function diagnosed(name: string, known: FailureEvidence['known'] = KNOWN): Diagnosis {
  const { answer, ...evidence } = samples.find((one) => one.name === name)!.sample
  return diagnose({ ...evidence, ...(answer && readErrorPage(answer)), ...(known && { known }) })!
}

describe('a service under IIS', () => {
  it.each(samples)('shows $name', ({ name, id, sample }) => {
    const diagnosis = diagnosed(name)
    expect(diagnosis.id).toBe(id)
    expect(diagnosis.evidenceLines).not.toEqual([])
    expect(sample.source).toMatch(/\S/)
  })

  it.each(samples)('leaves no choice for $name', ({ sample: { answer, ...evidence } }) => {
    const seen = iisSight({ ...evidence, ...(answer && readErrorPage(answer)) })!
    const text = seen.events.map((event) => event.text).join('\n')
    expect(iisCauses.filter(({ shows }) => shows(seen, text)).length).toBeLessThan(2)
    expect(iisStartCauses.filter(({ shows }) => shows(seen, text)).length).toBeLessThan(3)
  })

  it.each(samples)('speaks of $name in the words of this program', ({ name }) => {
    for (const known of [KNOWN, undefined]) {
      const { cause, remedy } = diagnosed(name, known)
      expect(remedy.text).toMatch(/^[A-Z][a-z]+ /)
      expect(`${cause} ${remedy.text} ${remedy.command ?? ''} ${remedy.sql ?? ''}`).not.toMatch(
        /undefined|NaN|please|successfully|!/i,
      )
    }
  })

  it('has a sample for each row, and no row twice', () => {
    const rows = [...iisCauses, ...iisStartCauses].map(({ id }) => id)
    const all = [...rows, ...causes.map(({ id }) => id)]
    expect(new Set(all).size).toBe(all.length)
    expect(samples.map(({ id }) => id)).toEqual(expect.arrayContaining(rows))
    expect(all).toEqual(expect.arrayContaining(samples.map(({ id }) => id)))
  })

  it('is told apart by the number on the page in each language of Windows', () => {
    const page = (heading: string) => `<h3>${heading} 500.19 - Internal Server Error</h3><td>0x80070005</td>`
    for (const heading of ['HTTP Error', 'HTTP-Fehler', 'Ошибка HTTP'])
      expect(diagnose({ ...readErrorPage({ status: 500, body: page(heading) }), module: 'ready' })?.id).toBe(
        'iis.web-config-denied',
      )
  })

  it('names pool, site and folder, and gives commands with them', () => {
    expect(diagnosed('iis.pool-identity').cause).toContain('“Identity Pool”')
    expect(diagnosed('iis.pool-stopped').remedy.command).toContain('start apppool "Identity Pool"')
    expect(diagnosed('iis.site-stopped').remedy.command).toContain('start site "Identity"')
    expect(diagnosed('iis.web-config-denied').remedy.command).toBe(
      'icacls "C:\\apps\\IdentityService" /grant "IIS AppPool\\Identity Pool:(OI)(CI)RX"',
    )
    expect(diagnosed('sql-server.login--machine').remedy.sql).toBe('CREATE LOGIN [CORP\\SRV1$] FROM WINDOWS;')
    expect(diagnosed('runtime.missing--event').remedy.text).toContain('8.0.0')
  })

  it('shows what was seen', () => {
    expect(diagnosed('iis.bitness').evidenceLines).toEqual([
      'HTTP 500.32',
      'Application pool: Started',
      `IIS AspNetCore Module V2 1010: Failed to start application '/LM/W3SVC/5/ROOT', ErrorCode '0x800700c1'.`,
    ])
    expect(diagnosed('iis.module-missing').evidenceLines[0]).toBe('HTTP 500.19 0x8007000d')
  })

  it('is no matter of IIS when nothing of IIS is known', () => {
    expect(diagnose({ status: 404 })).toBeUndefined()
    expect(diagnose({ status: 400 })).toBeUndefined()
  })

  it('is told by what the log of the token says first', () => {
    expect(diagnose({ tokenLog: "No client with id 'a' found", site: 'Started', pool: 'Stopped' })?.id).toBe(
      'client.unknown',
    )
  })
})
