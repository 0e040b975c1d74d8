import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { certutil } from '../../../electron/practice/windows/tools/certutil.ts'
import { fltmc } from '../../../electron/practice/windows/tools/fltmc.ts'
import { net } from '../../../electron/practice/windows/tools/net.ts'
import { netstat } from '../../../electron/practice/windows/tools/netstat.ts'
import { sc } from '../../../electron/practice/windows/tools/sc.ts'
import { secedit } from '../../../electron/practice/windows/tools/secedit.ts'
import { tasklist } from '../../../electron/practice/windows/tools/tasklist.ts'
import { whoami } from '../../../electron/practice/windows/tools/whoami.ts'
import { run, type ServerUnderTest, serverUnderTest, site } from './simulated-server.ts'

let server: ServerUnderTest
beforeEach(async () => {
  server = await serverUnderTest()
})
afterEach(() => server.clean())

const speak = (language: 'de' | 'ru', oemPage: number) => {
  server.state.system = { ...server.state.system, language, oemPage }
}
const unelevated = () => {
  server.state.token = { ...server.state.token, elevated: false }
}

describe('sc of the simulated server', () => {
  it('shows a service', async () => {
    expect((await run(sc, server, ['query', 'W3SVC'])).out).toBe(
      [
        '',
        'SERVICE_NAME: W3SVC',
        '        TYPE               : 20  WIN32_SHARE_PROCESS',
        '        STATE              : 4  RUNNING',
        '                                (STOPPABLE, NOT_PAUSABLE, ACCEPTS_SHUTDOWN)',
        '        WIN32_EXIT_CODE    : 0  (0x0)',
        '        SERVICE_EXIT_CODE  : 0  (0x0)',
        '        CHECKPOINT         : 0x0',
        '        WAIT_HINT          : 0x0',
        '',
      ].join('\r\n'),
    )
  })

  it('ends with 1060 for a missing one, in each language', async () => {
    const missing = () => run(sc, server, ['query', 'Nobody'])
    expect(await missing()).toMatchObject({
      code: 1060,
      out: '[SC] EnumQueryServicesStatus:OpenService FAILED 1060:\r\n\r\nThe specified service does not exist as an installed service.\r\n\r\n',
    })
    speak('de', 850)
    expect((await missing()).out).toContain('FEHLER 1060:')
    speak('ru', 866)
    expect((await run(sc, server, ['query', 'WAS'])).out).toContain('Состояние          : 4  RUNNING')
  })
})

describe('certutil of the simulated server', () => {
  const dump = (password: string) =>
    run(certutil, server, ['-p', password, '-dump', join(server.folder, 'signing.pfx')])
  const seal = async (profile: 'AES-256' | '3DES') => {
    const { random } = server.real
    const { pfx, thumbprint } = await createSigningCertificate({ profile, now: new Date(), random })
    await writeFile(join(server.folder, 'signing.pfx'), pfx)
    return thumbprint.toLowerCase()
  }

  it.each(['AES-256', '3DES'] as const)('reads %s without a password, and with no other', async (profile) => {
    const thumbprint = await seal(profile)
    expect(await dump('')).toMatchObject({ code: 0, out: expect.stringContaining(thumbprint) as string })
    expect(await dump('other')).toMatchObject({
      code: 0x8007_0056,
      out: expect.stringContaining('The specified network password is not correct.') as string,
    })
  })

  it('takes AES-256 for a wrong password where Windows is too old for it', async () => {
    server.state.system = { ...server.state.system, build: 14_393 }
    await seal('AES-256')
    expect((await dump('')).code).toBe(0x8007_0056)
    await seal('3DES')
    expect((await dump('')).code).toBe(0)
  })

  it('names a file that is not there, and refuses other words', async () => {
    expect((await dump('')).code).toBe(0x8007_0002)
    expect((await run(certutil, server, ['-store', 'My'])).code).toBe(0x8007_0057)
  })
})

describe('net of the simulated server', () => {
  it('stops WAS with IIS only when it may, and starts both', async () => {
    const status = () => Object.values(server.state.services).map((service) => service.status)
    expect((await run(net, server, ['stop', 'was'])).code).toBe(2)
    expect(status()).toEqual(['running', 'running'])
    expect((await run(net, server, ['stop', 'was', '/y'])).code).toBe(0)
    expect(status()).toEqual(['stopped', 'stopped'])
    expect(await run(net, server, ['stop', 'was', '/y'])).toMatchObject({ code: 2, out: '' })
    server.state.runtime.iisRestartNeeded = true
    expect((await run(net, server, ['start', 'w3svc'])).out).toContain(
      'The World Wide Web Publishing Service service was started successfully.\r\n',
    )
    expect(status()).toEqual(['running', 'running'])
    expect(server.state.runtime).not.toHaveProperty('iisRestartNeeded')
    expect((await run(net, server, ['start', 'w3svc'])).code).toBe(2)
  })

  it('refuses without full rights', async () => {
    unelevated()
    expect((await run(net, server, ['stop', 'was', '/y'])).err).toContain('System error 5 has occurred.')
  })
})

describe('whoami of the simulated server', () => {
  it('shows the level and the group of administrators', async () => {
    const groups = () => run(whoami, server, ['/groups', '/fo', 'csv'])
    const high = (await groups()).out
    expect(high).toContain('"Group Name","Type","SID","Attributes"\r\n')
    expect(high).toContain('"Mandatory Label\\High Mandatory Level","Label","S-1-16-12288",""\r\n')
    unelevated()
    const medium = (await groups()).out
    expect(medium).toContain('"S-1-16-8192"')
    expect(medium).not.toContain('S-1-16-12288')
    expect(medium).toContain(
      '"BUILTIN\\Administrators","Alias","S-1-5-32-544","Group used for deny only"\r\n',
    )
    server.state.token = { ...server.state.token, administrator: false }
    expect((await groups()).out).not.toContain('S-1-5-32-544')
    speak('ru', 866)
    expect((await groups()).out).toContain('"Обязательная метка\\Средний","Метка","S-1-16-8192",""')
  })

  it('shows the user, and refuses what it does not know', async () => {
    expect((await run(whoami, server, ['/user', '/fo', 'csv', '/nh'])).out).toBe(
      '"srv1\\adm","S-1-5-21-1-2-3-1001"\r\n',
    )
    expect((await run(whoami, server, ['/priv'])).code).toBe(1)
  })
})

describe('other tools of the simulated server', () => {
  it('name the kernel as the owner of what HTTP.sys serves', async () => {
    server.state.iis.sites.push(site('Shop', 'Shop', 'http/*:8080:'))
    server.state.iis.poolStates = { Shop: 'Started' }
    server.state.iis.siteStates = { Shop: 'Started' }
    speak('de', 850)
    const { out, bytes } = await run(netstat, server, ['-ano', '-p', 'TCP'])
    expect(out).toContain('  TCP    0.0.0.0:8080           0.0.0.0:0              ABHÖREN         4\r\n')
    expect(bytes.includes(Buffer.from([0x48, 0x99, 0x52]))).toBe(true)
    expect((await run(netstat, server, ['-ano', '-p', 'TCPv6'])).out).toContain('[::]:8080')
  })

  it('find a process by its number, and say so when there is none', async () => {
    const find = (pid: number) => run(tasklist, server, ['/fi', `PID eq ${pid}`, '/fo', 'csv', '/nh'])
    expect((await find(4)).out).toBe('"System","4","Services","0","144 K"\r\n')
    expect(await find(77)).toMatchObject({
      code: 0,
      out: 'INFO: No tasks are running which match the specified criteria.\r\n',
    })
  })

  it('export account rights as UTF-16, for administrators only', async () => {
    server.state.privileges = {
      SeBatchLogonRight: ['S-1-5-32-544', 'S-1-5-32-568'],
      SeDenyBatchLogonRight: ['Guest'],
    }
    const file = join(server.folder, 'rights.inf')
    const args = ['/export', '/cfg', file, '/areas', 'USER_RIGHTS', '/quiet']
    expect((await run(secedit, server, args)).code).toBe(0)
    const bytes = await readFile(file)
    expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xfe]))
    expect(bytes.toString('utf16le')).toContain(
      '\r\nSeBatchLogonRight = *S-1-5-32-544,*S-1-5-32-568\r\nSeDenyBatchLogonRight = Guest\r\n',
    )
    unelevated()
    expect((await run(secedit, server, args)).code).toBe(1)
    expect((await run(fltmc, server, [])).code).toBe(5)
  })
})
