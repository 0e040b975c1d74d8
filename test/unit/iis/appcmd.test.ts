import { describe, expect, it } from 'vitest'
import { problemOf } from '../../../electron/contract/problem.ts'
import { appcmd, listObjects, mustAppcmd, nameOf } from '../../../electron/iis/appcmd.ts'
import { type Answer, codePage, scriptedWindows } from '../windows/scripted-windows.ts'

const LIST = 'appcmd | list | site | /xml'
const SITES = `<?xml version="1.0" encoding="UTF-8"?>\r\n<appcmd>\r\n    <SITE SITE.NAME="Default Web Site" SITE.ID="1" bindings="http/*:80:" state="Started" />\r\n    <SITE SITE.ID="2" state="Unknown" SITE.NAME="Zeiterfassung" bindings="https/*:40080:,http/[::1]:8080:host.local" />\r\n</appcmd>\r\n`

function token(level: 'high' | 'medium'): Record<string, Answer> {
  const sid = level === 'high' ? 'S-1-16-12288' : 'S-1-16-8192'
  return {
    'whoami | /user | /fo | csv | /nh': { out: '"srv1\\adm","S-1-5-21-1-2-3-500"\r\n' },
    'whoami | /groups | /fo | csv': {
      out: `"Group Name","Type","SID","Attributes"\r\n"Mandatory Label","Label","${sid}",""\r\n`,
    },
  }
}

async function problem(action: Promise<unknown>) {
  return problemOf(
    await action.then(
      () => 'no error',
      (error: unknown) => error,
    ),
  )
}

describe('a list of objects', () => {
  it('is read from XML', async () => {
    const { machine } = scriptedWindows({ [LIST]: { out: SITES } })
    expect((await listObjects(machine, 'site')).map(nameOf)).toEqual(['Default Web Site', 'Zeiterfassung'])
  })

  it.each([
    [true, '/config'],
    ['inherited', '/config:*'],
  ] as const)('comes with its configuration (%s)', async (config, flag) => {
    const { machine } = scriptedWindows({
      [`appcmd | list | apppool | ${flag} | /xml`]: { out: '<appcmd/>' },
    })
    expect(await listObjects(machine, 'apppool', { config })).toEqual([])
  })

  it.each([1726, 2147549190, 2147549190 | 0])('is asked for once more after %i', async (code) => {
    const busy = { code, out: 'ERROR ( hresult:800706be, message:Command execution failed.\r\n )' }
    const { machine, calls } = scriptedWindows({ [LIST]: [busy, { out: SITES }] })
    expect(await listObjects(machine, 'site')).toHaveLength(2)
    expect(calls).toHaveLength(2)
    const still = scriptedWindows({ [LIST]: busy })
    expect(await problem(listObjects(still.machine, 'site'))).toMatchObject({ code: 'iis.busy' })
    expect(still.calls).toHaveLength(2)
  })

  it('is an error when it begins otherwise, even with exit code 0', async () => {
    const { machine } = scriptedWindows({ [LIST]: { out: 'ERROR ( message:Configuration error )\r\n' } })
    expect(await problem(listObjects(machine, 'site'))).toMatchObject({ code: 'iis.appcmd' })
    const other = scriptedWindows({ [LIST]: { out: 'SITE "Default Web Site"\r\n' } })
    expect(await problem(listObjects(other.machine, 'site'))).toMatchObject({ code: 'iis.answer' })
  })
})

const RUSSIAN = {
  [1168]: 'ERROR ( message:Не удалось найти объект SITE с идентификатором "ghost". )\r\n',
  [50]: 'ERROR ( message:Служба WAS недоступна - попытайтесь сначала запустить службу. )\r\n',
}
const ENGLISH = {
  [1168]: 'ERROR ( message:Cannot find SITE object with identifier "ghost". )\r\n',
  [50]: 'ERROR ( message:The WAS service is not available - try starting the service first. )\r\n',
}

describe.each([
  ['English', ENGLISH, 'cp437'],
  ['Russian', RUSSIAN, 'cp866'],
] as const)('a failure in %s', (_language, texts, page) => {
  const call = ['start', 'site', 'ghost']
  const script = (code: 1168 | 50) => ({
    ...codePage(page),
    [`appcmd | ${call.join(' | ')}`]: { code, out: texts[code], page },
  })

  it('1168 is a missing object for an elevated program, and missing rights for others', async () => {
    const high = scriptedWindows({ ...script(1168), ...token('high') })
    const missing = await problem(mustAppcmd(high.machine, 'It was not started.', call))
    expect(missing).toMatchObject({ code: 'iis.missing', what: 'It was not started.' })
    expect(missing.details).toContain(texts[1168].trim())
    const medium = scriptedWindows({ ...script(1168), ...token('medium') })
    expect(await problem(mustAppcmd(medium.machine, 'It was not started.', call))).toMatchObject({
      code: 'iis.not-elevated',
    })
  })

  it('50 is that the services of IIS are stopped', async () => {
    const { machine } = scriptedWindows(script(50))
    expect(await problem(mustAppcmd(machine, 'It was not started.', call))).toMatchObject({
      code: 'iis.was-stopped',
    })
  })
})

describe('a failure', () => {
  it.each([
    [5, 'iis.not-elevated'],
    [13, 'iis.invalid-data'],
    [32, 'iis.port-taken'],
    [87, 'iis.appcmd'],
    [183, 'iis.duplicate'],
    [1061, 'iis.busy'],
    [4312, 'iis.not-taken-up'],
  ])('%i is %s', async (code, expected) => {
    const { machine } = scriptedWindows({ 'appcmd | add | site': { code, out: 'ERROR ( message:x )' } })
    expect(await problem(mustAppcmd(machine, 'No.', ['add', 'site']))).toMatchObject({ code: expected })
  })

  it('does not tell what was printed of the configuration before', async () => {
    const out = '<appcmd><APPPOOL><add><environmentVariables><add name="a" value="hush" />'
    const { machine } = scriptedWindows({ 'appcmd | list | apppool | /config | /xml': { code: 1, out } })
    const told = await problem(listObjects(machine, 'apppool', { config: true }))
    expect(JSON.stringify(told)).not.toContain('hush')
  })

  it('has an exit code without sign', async () => {
    const { machine } = scriptedWindows({ 'appcmd | x': { code: -2147417850 } })
    expect((await appcmd(machine, ['x'])).exitCode).toBe(2147549446)
  })

  it('is a missing tool where IIS is not installed', async () => {
    const { machine } = scriptedWindows({ [LIST]: { rejects: 'process.not-found' } })
    expect(await problem(listObjects(machine, 'site'))).toMatchObject({ code: 'windows.tool-missing' })
  })
})
