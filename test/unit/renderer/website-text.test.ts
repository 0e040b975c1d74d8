import { describe, expect, it } from 'vitest'
import { emptyWebsite } from '../../../renderer/store/website.ts'
import { accountText, bindingTexts, commonName, urlText } from '../../../renderer/website-text.ts'

const data = { ...emptyWebsite, pool: 'IdentityService', httpsPort: '8443', httpPort: '8090' }

describe('what the typed values come to', () => {
  it.each([
    [{}, ['https/*:8443:'], 'https://localhost:8443'],
    [{ httpsPort: '' }, [], ''],
    [{ httpsPort: '443', hostName: 'id.example' }, ['https/*:443:id.example'], 'https://id.example'],
    [{ http: 'redirect' }, ['https/*:8443:', 'http/*:8090:', 'Redirects to HTTPS'], 'https://localhost:8443'],
    [{ https: false, http: 'keep', httpPort: '80' }, ['http/*:80:'], 'http://localhost'],
    [{ publicUrl: 'https://proxy.example/id' }, ['https/*:8443:'], 'https://proxy.example/id'],
  ] as const)('for %j', (change, bindings, url) => {
    expect(
      bindingTexts({ ...data, ...change }).flatMap(({ binding, note = [] }) => [binding].concat(note)),
    ).toEqual(bindings)
    expect(urlText({ ...data, ...change })).toBe(url)
  })

  it('names the account that the pool runs as', () => {
    expect(accountText(data)).toBe('IIS AppPool\\IdentityService')
    expect(accountText({ ...data, account: 'SpecificUser', user: '.\\svc' })).toBe('.\\svc')
    expect(accountText({ ...data, account: 'gMSA', managedUser: 'CORP\\svc$' })).toBe('CORP\\svc$')
  })
})

describe('the common name', () => {
  it.each([
    ['CN=app01.corp.example, O=Example', 'app01.corp.example'],
    ['O=Example, CN=app01', 'app01'],
    ['CN="Example, Inc.", C=DE', 'Example, Inc.'],
    ['CN="the ""best""", C=DE', 'the "best"'],
    ['CN=Example\\, Inc., C=DE', 'Example, Inc.'],
    ['O=CN-less', 'O=CN-less'],
    ['', ''],
  ])('of %j is %j', (distinguished, name) => expect(commonName(distinguished)).toBe(name))
})
