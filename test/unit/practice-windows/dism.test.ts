import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dism } from '../../../electron/practice/windows/tools/dism.ts'
import { run, type ServerUnderTest, serverUnderTest } from './simulated-server.ts'

let server: ServerUnderTest
beforeEach(async () => {
  server = await serverUnderTest()
})
afterEach(() => server.clean())

const ask = (...args: string[]) => run(dism, server, ['/Online', '/English', '/NoRestart', ...args])

describe('DISM of the simulated server', () => {
  it('asks for full rights before it reads an argument', async () => {
    server.state.token = { ...server.state.token, elevated: false }
    const { code, bytes } = await ask('/Nonsense')
    expect(code).toBe(740)
    expect(bytes).toHaveLength(122)
    expect(bytes.toString()).toContain('\r\nError: 740\r\n')
  })

  it('lists features', async () => {
    const { out } = await ask('/Get-Features')
    expect(out).toContain('Version: 10.0.20348.1\r\n\r\nImage Version: 10.0.20348.2340\r\n')
    expect(out).toContain('Feature Name : IIS-WebSockets\r\nState : Disabled\r\n')
    expect(out.endsWith('The operation completed successfully.\r\n')).toBe(true)
    expect((await ask('/Get-Features', '/Format:Table')).out).toContain('IIS-WebServer | Enabled\r\n')
  })

  it('enables a feature with its parents only when it may', async () => {
    expect(await ask('/Enable-Feature', '/FeatureName:IIS-WebSockets')).toMatchObject({ code: 0x800f087e })
    expect(server.state.features['IIS-WebSockets']).toBe('Disabled')
    const { code, out } = await ask('/Enable-Feature', '/All', '/FeatureName:IIS-WebSockets')
    expect(code).toBe(0)
    expect(out).toContain(`\r[${'='.repeat(26)}100.0%${'='.repeat(26)}] \r\n`)
    expect(server.state.features).toMatchObject({
      'IIS-WebSockets': 'Enabled',
      'IIS-ApplicationDevelopment': 'Enabled',
    })
  })

  it('waits for a restart that is pending', async () => {
    server.state.system.pendingRestart.push('Component Based Servicing')
    expect((await ask('/Enable-Feature', '/FeatureName:IIS-HttpRedirect')).code).toBe(3010)
    expect(server.state.features['IIS-HttpRedirect']).toBe('Enable Pending')
  })

  it('brings and takes IIS', async () => {
    const appcmd = join(server.windows.windows, 'System32', 'inetsrv', 'appcmd.exe')
    await ask('/Disable-Feature', '/FeatureName:IIS-WebServerRole')
    expect(server.state.services).toEqual({})
    await expect(access(appcmd)).rejects.toThrow('ENOENT')
    await ask('/Enable-Feature', '/All', '/FeatureName:IIS-WebServer')
    expect(Object.keys(server.state.services)).toEqual(['WAS', 'W3SVC'])
    expect(server.state.iis.siteStates).toEqual({ 'Default Web Site': 'Started' })
    await access(appcmd)
  })

  it('does not know every name or option', async () => {
    const unknown = await ask('/Enable-Feature', '/FeatureName:iis-nothing')
    expect(unknown.code).toBe(2_148_468_748)
    expect(unknown.out).toContain('Error: 0x800f080c\r\n\r\nFeature name iis-nothing is unknown.')
    expect((await ask('/Dance')).code).toBe(87)
    expect((await run(dism, server, ['/English', '/Get-Features', '/Online'])).code).toBe(87)
  })

  it('is translated without /English', async () => {
    server.state.system = { ...server.state.system, language: 'de', oemPage: 850 }
    const { out, bytes } = await run(dism, server, ['/Online', '/Get-Features'])
    expect(out).toContain('Featurename : IIS-WebServer\r\nStatus : Aktiviert\r\n')
    expect(bytes.includes(0x81)).toBe(true)
    expect((await ask('/Get-Features')).out).toContain('Feature Name : ')
  })
})
