import { expect, it } from 'vitest'
import { judgeForHttps } from '../../../electron/windows/judge-certificate.ts'
import { makeCertificate, type Wishes } from './support/certificates.ts'

const NOW = new Date('2026-06-01T00:00:00Z')
const HOST = 'identity.example.com'

interface Case extends Wishes {
  readonly host?: string | undefined
  readonly now?: Date
  readonly hasPrivateKey?: boolean
  readonly keyUsable?: boolean
}

async function judged({ host, now = NOW, hasPrivateKey = true, keyUsable, ...wishes }: Case) {
  const { certificate } = await makeCertificate(wishes)
  const facts = {
    pem: certificate.toString(),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    names: [...(wishes.names ?? []), ...(wishes.addresses ?? [])],
    eku: certificate.keyUsage ?? [],
    hasPrivateKey,
    ...(keyUsable === undefined ? {} : { keyUsable }),
  }
  return judgeForHttps(facts, host, now)
}

const SERVER = '1.3.6.1.5.5.7.3.1'
const CLIENT = '1.3.6.1.5.5.7.3.2'
const names = [HOST]

it.each<[string, Case]>([
  ['an ordinary one', { names, eku: [SERVER], host: HOST, keyUsable: true }],
  ['a key that cannot be looked at', { names, host: HOST }],
  ['no limit of usage', { names, host: HOST }],
  ['any usage', { names, eku: ['2.5.29.37.0'], host: HOST }],
  ['servers among the usages', { names, eku: [CLIENT, SERVER], host: HOST }],
  ['a wildcard', { names: ['*.example.com'], host: HOST }],
  ['upper case', { names, host: 'Identity.EXAMPLE.com' }],
  ['the common name, where there is no other', { host: HOST }],
  ['an address', { addresses: ['192.0.2.10'], host: '192.0.2.10' }],
  ['an IPv6 address', { addresses: ['2001:db8::1'], host: '[2001:db8::1]' }],
  ['no name asked for', { names: ['other.example.com'] }],
  ['an elliptic curve', { names, curve: 'P-256', host: HOST }],
  ['the first moment', { names, host: HOST, now: new Date('2026-01-01T00:00:00Z') }],
  ['the last moment', { names, host: HOST, now: new Date('2027-01-01T00:00:00Z') }],
])('takes %s', async (_, wishes) => {
  expect(await judged(wishes)).toEqual({ usable: true })
})

it.each<[string, Case, string]>([
  [
    'an expired one',
    { names, host: HOST, now: new Date('2027-01-01T00:00:01Z') },
    'It expired on 2027-01-01.',
  ],
  [
    'one of the future',
    { names, host: HOST, now: new Date('2025-12-31T23:59:59Z') },
    'It is not valid before 2026-01-01.',
  ],
  [
    'one without a key',
    { names, host: HOST, hasPrivateKey: false },
    'Its private key is not on this machine.',
  ],
  [
    'the key of a user',
    { names, host: HOST, keyUsable: false },
    'Its private key belongs to a user, not to the machine: import it again for the machine.',
  ],
  [
    'one for clients',
    { names, eku: [CLIENT], host: HOST },
    'It is not meant for servers: its enhanced key usage lacks “Server Authentication”.',
  ],
  ['SHA-1', { names, hash: 'SHA-1', host: HOST }, 'It is signed with SHA-1, which clients refuse.'],
  [
    'SHA-1 with an elliptic curve',
    { names, curve: 'P-256', hash: 'SHA-1', host: HOST },
    'It is signed with SHA-1, which clients refuse.',
  ],
  [
    'a short key',
    { names, bits: 1024, host: HOST },
    'Its RSA key has 1024 bits; clients ask for 2048 or more.',
  ],
  [
    'another name',
    { names: ['a.example.com', 'b.example.com'], host: HOST },
    `It is not for “${HOST}”. It is for a.example.com, b.example.com.`,
  ],
  [
    'a wildcard for two labels',
    { names: ['*.com'], host: HOST },
    `It is not for “${HOST}”. It is for *.com.`,
  ],
  [
    'a wildcard for the domain itself',
    { names: ['*.example.com'], host: 'example.com' },
    'It is not for “example.com”. It is for *.example.com.',
  ],
  [
    'a part of a label',
    { names: ['id*.example.com'], host: HOST },
    `It is not for “${HOST}”. It is for id*.example.com.`,
  ],
  [
    'the common name beside others',
    { subject: `CN=${HOST}`, names: ['other.example.com'], host: HOST },
    `It is not for “${HOST}”. It is for other.example.com.`,
  ],
  [
    'an address as the common name',
    { subject: 'CN=192.0.2.10', host: '192.0.2.10' },
    'It is not for “192.0.2.10”.',
  ],
  [
    'another address',
    { addresses: ['192.0.2.10'], host: '192.0.2.11' },
    'It is not for “192.0.2.11”. It is for 192.0.2.10.',
  ],
])('refuses %s', async (_, wishes, why) => {
  expect(await judged(wishes)).toEqual({ usable: false, why })
})
