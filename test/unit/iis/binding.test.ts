import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Binding,
  bindingEntry,
  bindingInformation,
  bindingsOf,
  otherBindingsOf,
  parseBinding,
  printBinding,
  sameBinding,
} from '../../../electron/iis/binding.ts'
import { readObjects } from '../../../electron/iis/appcmd-xml.ts'
import { child } from '../../../electron/iis/config-element.ts'

const label = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,8}[a-z0-9])?$/)
const binding: fc.Arbitrary<Binding> = fc.record({
  protocol: fc.constantFrom('http', 'https'),
  address: fc.oneof(fc.constant('*'), fc.ipV4(), fc.ipV6()),
  port: fc.integer({ min: 1, max: 65_535 }),
  host: fc.oneof(
    fc.constant(''),
    fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.')),
  ),
  sslFlags: fc.constant(0),
})

describe('a binding', () => {
  it('comes back from its text as it was', () => {
    fc.assert(
      fc.property(binding, (each) => {
        expect(parseBinding(printBinding(each))).toEqual(each)
      }),
    )
  })

  it.each([
    ['http/*:8090:', { protocol: 'http', address: '*', port: 8090, host: '' }],
    ['HTTPS/:443:Id.Example.com', { protocol: 'https', address: '*', port: 443, host: 'Id.Example.com' }],
    ['http/[::1]:8080:host.local', { protocol: 'http', address: '::1', port: 8080, host: 'host.local' }],
  ])('is read from %s', (text, expected) => expect(parseBinding(text)).toMatchObject(expected))

  it.each([
    '',
    'http',
    'ftp/*:21:',
    'net.tcp/808:*',
    'http/*:0:',
    'http/*:70000:',
    'http/*:80',
    'http/[::1:80:',
    'http/*:80:a:b',
  ])('is not read from %j', (text) => expect(parseBinding(text)).toBeUndefined())

  it('is never more than one thing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parseBinding(text)
        if (read) expect(parseBinding(printBinding(read))).toEqual(read)
      }),
    )
  })

  it('is the same in another spelling and with other hardening, not with another certificate', () => {
    const one: Binding = { protocol: 'https', address: '*', port: 443, host: 'id.example.com', sslFlags: 1 }
    expect(sameBinding(one, { ...one, host: 'ID.example.com' })).toBe(true)
    expect(sameBinding(one, { ...one, sslFlags: 33 })).toBe(true)
    expect(sameBinding(one, { ...one, sslFlags: 0 })).toBe(false)
    expect(bindingEntry(one)).toBe(
      "[protocol='https',bindingInformation='*:443:id.example.com',sslFlags='1']",
    )
  })

  it('is told from those of other protocols', () => {
    const site = child(
      readObjects(
        `<appcmd><SITE SITE.NAME="Shop"><site name="Shop"><bindings>
          <binding bindingInformation="*:443:a" sslFlags="1" protocol="https" />
          <binding protocol="net.tcp" bindingInformation="808:*" />
          <binding protocol="http" bindingInformation="[::1]:80:" />
        </bindings></site></SITE></appcmd>`,
      )[0],
      'site',
    )
    expect(bindingsOf(site).map((each) => [bindingInformation(each), each.sslFlags])).toEqual([
      ['*:443:a', 1],
      ['[::1]:80:', 0],
    ])
    expect(otherBindingsOf(site)).toEqual(['net.tcp/808:*'])
  })
})
