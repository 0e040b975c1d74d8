import { createServer as createTcpServer, type AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { discoveryUrl, readDiscovery } from '../../../electron/oidc/discovery.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { always, codeOf, loopback } from './loopback.ts'

const { network, random } = realMachine()

/** As observed of the service, shortened. */
const observed = (base: string, changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    issuer: 'creatio.com',
    jwks_uri: `${base}/.well-known/openid-configuration/jwks`,
    token_endpoint: `${base}/connect/token`,
    grant_types_supported: ['authorization_code', 'client_credentials', 'refresh_token'],
    ...changes,
  })

describe('the address of the discovery document', () => {
  it.each([
    ['http://h:8090', 'http://h:8090/.well-known/openid-configuration'],
    ['http://h:8090/', 'http://h:8090/.well-known/openid-configuration'],
    ['https://H/identity/', 'https://h/identity/.well-known/openid-configuration'],
    ['https://h/identity?x=1#y', 'https://h/identity/.well-known/openid-configuration'],
    ['http://[::1]:80/a//', 'http://[::1]/a/.well-known/openid-configuration'],
  ])('of %s keeps its path', (publicUrl, url) => {
    expect(discoveryUrl(publicUrl)).toBe(url)
  })

  it.each([
    '',
    'identity',
    'ftp://h',
    'http://',
    'javascript:alert(1)',
    'http://user:word@h',
    'http:\\\\h:x',
  ])('is not made of %j', (publicUrl) => {
    expect(() => discoveryUrl(publicUrl)).toThrow('not an http or https address')
  })
})

describe('reading the discovery document', () => {
  it('takes an issuer that is no address', async () => {
    let asked: string | undefined
    await using server = await loopback((request, answer) => {
      asked = request.url
      answer.end(observed(server.url))
    })
    const document = await readDiscovery(network, `${server.url}/base/`)
    expect(asked).toBe('/base/.well-known/openid-configuration')
    expect(document.issuer).toBe('creatio.com')
  })

  it.each([
    ['discovery.not-found', always(404, 'Not Found')],
    ['discovery.html', always(200, '\n<!DOCTYPE html><title>IIS</title>', { 'content-type': 'text/html' })],
    ['discovery.broken-json', always(200, '{"issuer":"creatio.com",')],
    ['discovery.broken-json', always(200, '')],
    ['discovery.not-an-object', always(200, '[]')],
    ['discovery.not-an-object', always(200, 'null')],
    ['discovery.service-failed', always(500)],
    ['discovery.service-failed', always(503, '<html>Service Unavailable</html>')],
    ['discovery.status', always(401)],
    ['discovery.other-service', always(200, '{"status":"healthy"}')],
    ['discovery.other-service', always(200, observed('http://h', { token_endpoint: 'connect/token' }))],
    [
      'discovery.no-client-credentials',
      always(200, observed('http://h', { grant_types_supported: ['authorization_code'] })),
    ],
    ['discovery.too-long', always(200, ' '.repeat(3 * 1024 * 1024))],
  ])('says %s', async (code, listener) => {
    await using server = await loopback(listener)
    expect(await codeOf(readDiscovery(network, server.url))).toBe(code)
  })

  it('names the missing fields of a document of another service', async () => {
    await using server = await loopback(always(200, '{"issuer":"x","jwks_uri":""}'))
    await expect(readDiscovery(network, server.url)).rejects.toThrow('no token_endpoint, no jwks_uri')
  })

  it('says where a redirect leads, without its query', async () => {
    await using server = await loopback(
      always(302, '', { location: 'https://other.example/login?return=token' }),
    )
    await expect(readDiscovery(network, server.url)).rejects.toMatchObject({
      problem: {
        code: 'discovery.redirect',
        what: expect.stringContaining('redirects to https://other.example/login (302)'),
        next: 'Use the https address as Identity Service URL.',
      },
    })
    await using lost = await loopback(always(301))
    await expect(readDiscovery(network, lost.url)).rejects.toThrow('an unnamed place')
  })

  it('says when nothing answers, and when nothing is said', async () => {
    const gone = await loopback(always(200))
    await gone[Symbol.asyncDispose]()
    expect(await codeOf(readDiscovery(network, gone.url))).toBe('discovery.refused')
    await using silent = await loopback(() => undefined)
    expect(await codeOf(readDiscovery(network, silent.url, { timeoutMs: 100 }))).toBe('discovery.silent')
    const hangingUp = createTcpServer((socket) => socket.destroy())
    await new Promise<void>((resolve) => hangingUp.listen(0, '127.0.0.1', resolve))
    const { port } = hangingUp.address() as AddressInfo
    expect(await codeOf(readDiscovery(network, `http://127.0.0.1:${port}`))).toBe('discovery.broken-off')
    hangingUp.close()
  })

  it('says when a certificate is not trusted, and trusts the one it is given', async () => {
    const tls = await createTlsCertificate({ hosts: ['127.0.0.1'], now: new Date(), random })
    await using server = await loopback((_, answer) => answer.end(observed(server.url)), tls)
    expect(await codeOf(readDiscovery(network, server.url))).toBe('discovery.tls')
    const document = await readDiscovery(network, server.url, { trust: [tls.certificatePem] })
    expect(document.issuer).toBe('creatio.com')
  })

  it('stops when cancelled', async () => {
    const stop = new AbortController()
    await using silent = await loopback(() => stop.abort())
    const reading = codeOf(readDiscovery(network, silent.url, { signal: stop.signal }))
    expect(await reading).toBe('http.cancelled')
  })
})
