import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { reg } from '../../../electron/practice/windows/tools/reg.ts'
import { run, type ServerUnderTest, serverUnderTest } from './simulated-server.ts'

let server: ServerUnderTest
beforeEach(async () => {
  server = await serverUnderTest()
})
afterEach(() => server.clean())

const query = (key: string, ...more: string[]) => run(reg, server, ['query', key, ...more, '/reg:64'])

describe('reg of the simulated server', () => {
  it('prints one value', async () => {
    expect(await query('HKLM\\SOFTWARE\\Microsoft\\InetStp', '/v', 'majorversion')).toMatchObject({
      code: 0,
      out: '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\InetStp\r\n    MajorVersion    REG_DWORD    0xa\r\n\r\n',
    })
  })

  it('lists values and the keys below', async () => {
    const { out } = await query('HKLM\\SOFTWARE\\Microsoft\\InetStp')
    expect(out).toContain('    VersionString    REG_SZ    Version 10.0\r\n')
    expect(out.endsWith('\r\n\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\InetStp\\Components\r\n')).toBe(
      true,
    )
    expect((await query('HKLM\\SOFTWARE\\Microsoft\\InetStp\\Components')).out).toBe(
      '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\InetStp\\Components\r\n    W3SVC    REG_DWORD    0x1\r\n    CoreWebEngine    REG_DWORD    0x1\r\n    StaticContent    REG_DWORD    0x1\r\n\r\n',
    )
  })

  it('follows the rest of the state', async () => {
    const { state } = server
    const module = 'HKLM\\SOFTWARE\\Microsoft\\IIS Extensions\\IIS AspNetCore Module V2'
    expect((await query(module)).code).toBe(1)
    state.module = { version: '18.0.1', registered: true }
    expect((await query(module, '/v', 'Version')).out).toContain('    Version    REG_SZ    18.0.1\r\n')
    state.system.pendingRestart.push('Windows Update')
    const pending =
      'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired'
    expect((await query(pending)).code).toBe(0)
    state.features = {}
    expect((await query('HKLM\\SOFTWARE\\Microsoft\\InetStp')).code).toBe(1)
    state.registry['HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System'] = { EnableLUA: 0 }
    const policy = await query('HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System')
    expect(policy.out).toContain('    EnableLUA    REG_DWORD    0x0\r\n')
    expect(policy.out).toContain('    ConsentPromptBehaviorAdmin    REG_DWORD    0x5\r\n')
  })

  it('holds the certificates of HTTP.sys', async () => {
    const appId = '{4dc3e181-e14b-4a21-b022-59fc669b0914}'
    server.state.sslBindings = [
      { endpoint: '0.0.0.0:443', kind: 'ip', hash: 'ab'.repeat(20), appId, store: null },
    ]
    const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Services\\HTTP\\Parameters\\SslBindingInfo'
    expect((await query(key)).out).toBe(`\r\n${key.replace('HKLM', 'HKEY_LOCAL_MACHINE')}\\0.0.0.0:443\r\n`)
    const { out } = await query(`${key}\\0.0.0.0:443`)
    expect(out).toContain('    AppId    REG_BINARY    81E1C34D4BE1214AB02259FC669B0914\r\n')
    expect(out).toContain(`    SslCertHash    REG_BINARY    ${'AB'.repeat(20)}\r\n`)
    expect(out).not.toContain('SslCertStoreName')
  })

  it.each([
    ['en', 437, 'ERROR: The system was unable to find the specified registry key or value.\r\n'],
    ['de', 850, 'FEHLER: Der angegebene Registrierungsschlüssel bzw. Wert wurde nicht gefunden.\r\n'],
    ['ru', 866, 'ОШИБКА: Не удается найти указанный раздел или параметр в реестре.\r\n'],
  ] as const)('says in %s that a key is missing', async (language, oemPage, err) => {
    server.state.system = { ...server.state.system, language, oemPage }
    expect(await query('HKLM\\SOFTWARE\\Nothing')).toMatchObject({ code: 1, out: '', err })
    const codePage = await query('HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls\\CodePage', '/v', 'OEMCP')
    expect(codePage.bytes.toString('ascii')).toContain(`    OEMCP    REG_SZ    ${oemPage}\r\n`)
  })

  it('refuses other words', async () => {
    expect((await run(reg, server, ['delete', 'HKLM\\SOFTWARE'])).err).toContain('ERROR: Invalid syntax.')
    expect((await query('SOFTWARE')).code).toBe(1)
  })
})
