import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SimulatedCertificate } from '../../../electron/practice/windows/state.ts'
import { element } from '../../../electron/practice/windows/configuration/element.ts'
import { netsh } from '../../../electron/practice/windows/tools/netsh.ts'
import { run, type ServerUnderTest, serverUnderTest, site } from './simulated-server.ts'

const hash = 'd4a17e3b57e48c1166f18394a819edf770459ac8'
const other = '00a17e3b57e48c1166f18394a819edf770459a00'
const appid = 'appid={4dc3e181-e14b-4a21-b022-59fc669b0914}'
const endpoint = 'ipport=0.0.0.0:443'
const certificate = (thumbprint: string, usable: boolean): SimulatedCertificate => ({
  thumbprint: thumbprint.toUpperCase(),
  friendlyName: '',
  hasPrivateKey: usable,
  keyUsable: usable,
  pem: '',
  chainPem: [],
})

let server: ServerUnderTest
beforeEach(async () => {
  server = await serverUnderTest('en', (state) => {
    state.certificates = [certificate(hash, true), certificate(other, false)]
  })
})
afterEach(() => server.clean())

const sslcert = (verb: string, ...parameters: string[]) =>
  run(netsh, server, ['http', verb, 'sslcert', ...parameters])
const add = (...more: string[]) =>
  sslcert('add', endpoint, `certhash=${hash}`, appid, 'certstorename=MY', ...more)

describe('netsh http … sslcert of the simulated server', () => {
  it('binds, shows and takes away a certificate', async () => {
    expect(await add()).toMatchObject({ code: 0, out: '\r\nSSL Certificate successfully added\r\n\r\n' })
    const { out } = await sslcert('show', endpoint)
    expect(out.split('\r\n').slice(0, 8)).toEqual([
      '',
      'SSL Certificate bindings:',
      '-------------------------',
      '',
      '    IP:port                      : 0.0.0.0:443',
      `    Certificate Hash             : ${hash}`,
      '    Application ID               : {4dc3e181-e14b-4a21-b022-59fc669b0914}',
      '    Certificate Store Name       : MY',
    ])
    expect(out).toContain('    Disable HTTP2                : Not Set\r\n')
    expect((await sslcert('delete', endpoint)).out).toBe('\r\nSSL Certificate successfully deleted\r\n\r\n')
    expect(server.state.sslBindings).toEqual([])
  })

  it('does not add twice, and updates only what is there', async () => {
    expect((await sslcert('update', endpoint, `certhash=${hash}`, appid)).out).toContain('Error: 2\r\n')
    await add()
    expect(await add()).toMatchObject({
      code: 1,
      err: '',
      out: '\r\nSSL Certificate add failed, Error: 183\r\nCannot create a file when that file already exists.\r\n\r\n',
    })
    expect((await sslcert('update', endpoint, `certhash=${hash}`, appid)).code).toBe(0)
    expect(server.state.sslBindings).toEqual([
      { endpoint: '0.0.0.0:443', kind: 'ip', hash, appId: appid.slice(6), store: null },
    ])
    expect((await sslcert('show')).out).toContain('Certificate Store Name       : (null)')
  })

  it.each([
    ['without machine key', [endpoint, `certhash=${other}`, appid], 'Error: 1312\r\n'],
    ['that nobody imported', [endpoint, `certhash=${'0'.repeat(40)}`, appid], 'Error: 1312\r\n'],
    ['of another store', [endpoint, `certhash=${hash}`, appid, 'certstorename=CA'], 'Error: 1312\r\n'],
    [
      'with a zero',
      [endpoint, `certhash=${hash}`, appid, 'revocationfreshnesstime=0'],
      'The parameter is incorrect.',
    ],
    [
      'with another zero',
      [endpoint, `certhash=${hash}`, appid, 'urlretrievaltimeout=0'],
      'The parameter is incorrect.',
    ],
    ['with a mark in its hash', [endpoint, `certhash=\u200e${hash}`, appid], 'The parameter is incorrect.'],
    ['for no address', ['ipport=localhost:443', `certhash=${hash}`, appid], 'The parameter is incorrect.'],
    [
      'for a name without store',
      ['hostnameport=a.example:443', `certhash=${hash}`, appid],
      'One or more essential',
    ],
    ['without owner', [endpoint, `certhash=${hash}`], 'One or more essential'],
    [
      'with a parameter that nobody knows',
      [endpoint, `certhash=${hash}`, appid, 'surprise=1'],
      'One or more essential',
    ],
  ])('refuses a certificate %s', async (_, parameters, text) => {
    const result = await sslcert('add', ...parameters)
    expect(result).toMatchObject({ code: 1, err: '' })
    expect(result.out).toContain(text)
    expect(server.state.sslBindings).toEqual([])
  })

  it('knows names, IPv6 and the parameters of its build only', async () => {
    expect(
      (await sslcert('add', 'hostnameport=a.example:443', `certhash=${hash}`, appid, 'certstorename=MY'))
        .code,
    ).toBe(0)
    expect(
      (await sslcert('add', 'ipport=[::]:443', `certhash=${hash}`, appid, 'disablehttp2=enable')).code,
    ).toBe(0)
    expect((await sslcert('show')).out).toContain('    Hostname:port                : a.example:443\r\n')
    server.state.system = { ...server.state.system, build: 14_393 }
    expect((await add('disablehttp2=enable')).out).toContain('One or more essential')
    expect((await sslcert('show')).out).not.toContain('HTTP2')
  })

  it('shows nothing bound as success without, and failure with an endpoint', async () => {
    expect((await sslcert('show')).code).toBe(0)
    const one = await sslcert('show', endpoint)
    expect(one).toMatchObject({ code: 1, out: '\r\nThe system cannot find the file specified.\r\n\r\n' })
  })

  it('writes JSON only on builds that know it', async () => {
    await add()
    const { out } = await sslcert('show', 'json=enable')
    expect(JSON.parse(out)).toMatchObject({
      SslCertificateBindings: [
        { IpPort: '0.0.0.0:443', SslHash: Buffer.from(hash, 'hex').toString('base64') },
      ],
    })
    server.state.system = { ...server.state.system, build: 17_763 }
    expect((await sslcert('show', 'json=enable')).code).toBe(1)
  })

  it('denies what needs full rights', async () => {
    server.state.token = { ...server.state.token, elevated: false }
    expect((await add()).out).toContain('SSL Certificate add failed, Error: 5\r\nAccess is denied.')
    expect((await sslcert('delete', endpoint)).out).toContain('Error: 5')
  })

  it('speaks German in the code page of its build', async () => {
    server.state.system = { ...server.state.system, language: 'de', oemPage: 850 }
    expect((await add()).bytes.includes(0x81)).toBe(true)
    expect((await sslcert('show')).out).toContain(`    Zertifikathash               : ${hash}\r\n`)
    expect((await add()).out).toContain('Fehler: 183')
    server.state.system = { ...server.state.system, build: 26_100 }
    expect((await sslcert('delete', endpoint)).bytes.toString('utf8')).toContain('gelöscht')
  })
})

describe('netsh of the simulated server', () => {
  it('lists request queues with the addresses of started sites', async () => {
    const { state } = server
    state.iis.pools.push(element({ name: 'Shop' }))
    state.iis.sites.push(
      site('Shop', 'Shop', 'http/*:8080:', 'https/*:443:shop.example', 'http/192.0.2.1:81:'),
    )
    state.iis.poolStates = { Shop: 'Started' }
    state.iis.siteStates = { Shop: 'Started' }
    const show = () => run(netsh, server, ['http', 'show', 'servicestate', 'view=requestq', 'verbose=no'])
    const { out } = await show()
    expect(out).toContain('Request queue name: Shop\r\n')
    expect(out).toMatch(/ {4}Processes:\r\n {8}ID: \d+, image: .*w3wp\.exe\r\n {4}Registered URLs:\r\n/)
    expect(out).toContain(
      '        HTTP://*:8080/\r\n        HTTPS://SHOP.EXAMPLE:443/\r\n        HTTP://192.0.2.1:81:192.0.2.1/\r\n',
    )
    state.system = { ...state.system, build: 14_393 }
    expect((await show()).out).toMatch(/ {4}Process IDs:\r\n {8}\d+\r\n/)
    state.iis.siteStates = { Shop: 'Stopped' }
    expect((await show()).out).not.toContain('HTTP://')
  })

  it('adds a firewall rule twice, and finds none that is not there', async () => {
    const rule = (verb: string, ...more: string[]) =>
      run(netsh, server, ['advfirewall', 'firewall', verb, 'rule', 'name=Shop', ...more])
    expect((await rule('show')).out).toBe('\r\nNo rules match the specified criteria.\r\n\r\n')
    const addRule = () => rule('add', 'dir=in', 'action=allow', 'protocol=TCP', 'localport=443')
    expect(await addRule()).toMatchObject({ code: 0, out: 'Ok.\r\n\r\n' })
    await addRule()
    expect(server.state.firewall).toHaveLength(2)
    expect((await rule('delete')).out).toBe('\r\nDeleted 2 rule(s).\r\nOk.\r\n\r\n')
    expect((await rule('delete')).code).toBe(1)
  })

  it('knows no other command', async () => {
    expect(await run(netsh, server, ['http', 'dance'])).toMatchObject({ code: 1, err: '' })
  })
})
