import { describe, expect, it } from 'vitest'
import type { DiscoveryDocument } from '../../../electron/oidc/discovery.ts'
import { judgeDiscovery } from '../../../electron/oidc/judge.ts'

const document = (
  base: string,
  grants: readonly string[] | undefined = ['client_credentials'],
): DiscoveryDocument => ({
  issuer: 'creatio.com',
  jwks_uri: `${base}/.well-known/openid-configuration/jwks`,
  token_endpoint: `${base}/connect/token`,
  ...(grants && { grant_types_supported: grants }),
})

const levels = (found: DiscoveryDocument, publicUrl: string) =>
  Object.fromEntries(judgeDiscovery(found, publicUrl).map(({ id, level }) => [id, level]))

describe('a discovery document', () => {
  it.each([
    ['http://h:8090', 'http://h:8090/'],
    ['https://h', 'https://H:443/identity'],
  ])('passes when its addresses begin with %s and the URL is %s', (base, publicUrl) => {
    expect(levels(document(base), publicUrl)).toEqual({
      endpoints: 'passed',
      'client-credentials': 'passed',
      issuer: 'note',
    })
  })

  it.each([
    ['https://h', 'http://h', 'failed', 'ForceHttpsSchemeInRequests'],
    ['http://h', 'https://h', 'failed', 'X-Forwarded-Proto'],
    ['http://internal', 'http://h', 'warning', 'Host header'],
    ['http://h:80', 'http://h:8090', 'warning', 'Host header'],
  ])('with addresses at %s for the URL %s is %s', (base, publicUrl, level, remedy) => {
    const [endpoints] = judgeDiscovery(document(base), publicUrl)
    expect(endpoints).toMatchObject({ id: 'endpoints', level })
    expect(endpoints!.next).toContain(remedy)
  })

  it('is judged by the grants it offers', () => {
    expect(levels(document('http://h', ['implicit']), 'http://h')['client-credentials']).toBe('failed')
    const silent: DiscoveryDocument = { issuer: 'i', token_endpoint: 'http://h/t', jwks_uri: 'http://h/k' }
    expect(levels(silent, 'http://h')['client-credentials']).toBe('warning')
  })

  it('has its issuer noted and never held against it', () => {
    const issuer = (text: string) =>
      judgeDiscovery({ ...document('http://h'), issuer: text }, 'http://h/').find(({ id }) => id === 'issuer')
    expect(issuer('creatio.com')).toMatchObject({
      level: 'note',
      summary: expect.stringContaining('“creatio.com”'),
    })
    expect(issuer('http://h')).toMatchObject({ level: 'note' })
  })
})
