import { beforeAll, describe, expect, it } from 'vitest'
import { Secret } from '../../../electron/secrets/secret.ts'
import {
  importPfx,
  listMachineCertificates,
  removeCertificate,
} from '../../../electron/windows/certificates.ts'
import { type Made, makeCertificate } from './support/certificates.ts'
import { type Reply, scriptedPowerShell } from './support/scripted-powershell.ts'

let root: Made
let leaf: Made

beforeAll(async () => {
  root = await makeCertificate({ subject: 'CN=Example Root, O=Example' })
  leaf = await makeCertificate({
    subject: 'CN=identity.example.com, O=Example, C=DE',
    issuer: root,
    names: ['identity.example.com', '*.example.net'],
    addresses: ['192.0.2.10'],
    eku: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
  })
})

const listed = (reply: Reply) => listMachineCertificates(scriptedPowerShell(() => reply).machine)
const entry = (made: Made, more = {}) => ({
  raw: made.raw,
  friendlyName: '',
  hasPrivateKey: true,
  key: 'machine',
  eku: [],
  chain: [],
  ...more,
})

describe('certificates of the machine', () => {
  it('are read from their bytes', async () => {
    const friendlyName = 'Wildcard für Identität'
    const answer = { certificates: [entry(leaf, { friendlyName, chain: [root.raw] })] }
    expect(await listed({ answer })).toEqual([
      {
        thumbprint: leaf.thumbprint,
        subject: 'C=DE, O=Example, CN=identity.example.com',
        issuer: 'O=Example, CN=Example Root',
        friendlyName,
        notBefore: new Date('2026-01-01T00:00:00Z'),
        notAfter: new Date('2027-01-01T00:00:00Z'),
        names: ['identity.example.com', '*.example.net', '192.0.2.10'],
        eku: ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'],
        hasPrivateKey: true,
        keyUsable: true,
        selfSigned: false,
        pem: leaf.certificate.toString(),
        chainPem: [root.certificate.toString()],
      },
    ])
    expect(leaf.thumbprint).toMatch(/^[0-9A-F]{40}$/)
  })

  it('have no dates of PowerShell', async () => {
    const date = '/Date(1326441600000)/'
    const answer = { certificates: [entry(leaf, { notAfter: date, NotBefore: date })] }
    expect((await listed({ answer }))[0]!.notAfter).toEqual(new Date('2027-01-01T00:00:00Z'))
  })

  it.each([
    ['none', () => [], 0],
    ['no list at all', () => null, 0],
    ['one, not as a list', () => entry(leaf), 1],
    ['two', () => [entry(leaf), entry(root)], 2],
    ['two with their count', () => ({ value: [entry(leaf), entry(root)], Count: 2 }), 2],
    ['one that is damaged', () => [entry(leaf), { ...entry(root), raw: 'AAAA' }], 1],
    ['one without bytes', () => [{ ...entry(leaf), raw: undefined }], 0],
  ])('are %s', async (_, certificates, count) => {
    expect(await listed({ answer: { certificates: certificates() } })).toHaveLength(count)
  })

  it.each([
    ['machine', true],
    ['user', false],
    ['none', false],
    ['unreadable', undefined],
    [undefined, undefined],
  ])('with the key %s are usable: %s', async (key, usable) => {
    const answer = { certificates: [entry(leaf, { key })] }
    expect((await listed({ answer }))[0]!.keyUsable).toBe(usable)
  })

  it('take the issuers as one text, and leave out a damaged one', async () => {
    const chain = async (value: unknown) =>
      (await listed({ answer: { certificates: [entry(leaf, { chain: value })] } }))[0]!.chainPem
    expect(await chain(root.raw)).toEqual([root.certificate.toString()])
    expect(await chain([null, 'AAAA', root.raw])).toEqual([root.certificate.toString()])
  })

  it('are narrowed by the usage that Windows was told', async () => {
    const eku = async (value: unknown) =>
      (await listed({ answer: { certificates: [entry(leaf, { eku: value })] } }))[0]!.eku
    expect(await eku('1.3.6.1.5.5.7.3.2')).toEqual(['1.3.6.1.5.5.7.3.2'])
    expect(await eku([null])).toEqual(['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])
  })

  it('know that they signed themselves, names that only look so apart', async () => {
    const namesake = await makeCertificate({ subject: root.certificate.subject.split('\n').join(', ') })
    const impostor = await makeCertificate({ subject: 'CN=Example Root, O=Example', issuer: namesake })
    const answer = { certificates: [entry(root), entry(impostor)] }
    expect((await listed({ answer })).map(({ selfSigned }) => selfSigned)).toEqual([true, false])
  })
})

describe('a PFX', () => {
  const password = new Secret('p@ss "word"')
  const pfx = Buffer.from('pfx bytes')
  const thumbprint = 'AB'.repeat(20)
  const importing = (reply: Reply) => importPfx(scriptedPowerShell(() => reply).machine, { pfx, password })

  it('goes in on standard input, with its password', async () => {
    const { machine, asked, commands } = scriptedPowerShell(() => ({ answer: { keys: 1, thumbprint } }))
    await importPfx(machine, { pfx, password })
    await importPfx(machine, { pfx, password: undefined })
    expect(asked.map(({ script }) => script)).toEqual(['import-certificate', 'import-certificate'])
    expect(asked[0]!.question).toEqual({ pfx: pfx.toString('base64'), password: 'p@ss "word"' })
    expect(asked[1]!.question['password']).toBeNull()
    for (const { args } of commands) expect(args.join(' ')).not.toContain('p@ss')
  })

  it.each([
    [
      'added',
      [
        { store: 'My', thumbprint },
        { store: 'CA', thumbprint: 'cd'.repeat(20) },
      ],
      2,
    ],
    ['the only one added', { store: 'My', thumbprint }, 1],
    ['there before', [], 0],
  ])('says what was %s', async (_, added, count) => {
    const imported = await importing({ answer: { keys: 1, thumbprint: thumbprint.toLowerCase(), added } })
    expect(imported.thumbprint).toBe(thumbprint)
    expect(imported.added).toHaveLength(count)
    for (const one of imported.added) expect(one.thumbprint).toMatch(/^[0-9A-F]{40}$/)
  })

  it.each([
    [0, 'No certificate in it has a private key.'],
    [2, 'It holds 2 certificates with private keys.'],
  ])('with %i keys is refused', async (keys, cause) => {
    await expect(importing({ answer: { keys, added: [] } })).rejects.toMatchObject({
      problem: { code: 'certificate.pfx-keys', cause },
    })
  })

  it('with a wrong password is refused, with the other reason that Windows Server 2016 may have', async () => {
    const type = 'System.Security.Cryptography.CryptographicException'
    const message = 'Das angegebene Netzwerkkennwort ist falsch.'
    await expect(importing({ failed: { type, hresult: -2147024810, message } })).rejects.toMatchObject({
      problem: {
        code: 'certificate.pfx-refused',
        cause: expect.stringMatching(/password.*AES/) as string,
        details: [`${type}: ${message}`, 'HRESULT 0x80070056'],
      },
    })
  })

  it('that Windows refuses for another reason keeps its words', async () => {
    const failed = { type: 'T', hresult: -2147024891, message: 'Access is denied.' }
    const error = await importing({ failed }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      problem: { code: 'certificate.pfx-refused', details: ['T: Access is denied.', 'HRESULT 0x80070005'] },
    })
    expect(error).not.toHaveProperty('problem.cause')
  })
})

describe('removing', () => {
  const thumbprint = 'AB'.repeat(20)

  it.each([true, false])('tells whether there was one: %s', async (removed) => {
    const { machine, asked } = scriptedPowerShell(() => ({ answer: { removed } }))
    expect(await removeCertificate(machine, { store: 'My', thumbprint })).toBe(removed)
    expect(asked).toEqual([{ script: 'remove-certificate', question: { store: 'My', thumbprint } }])
  })

  it.each(['', '..\\Root\\x', `${thumbprint}0`, '*'])('does not take %j for a thumbprint', async (wrong) => {
    const { machine, asked } = scriptedPowerShell(() => ({ answer: { removed: true } }))
    await expect(removeCertificate(machine, { store: 'My', thumbprint: wrong })).rejects.toMatchObject({
      problem: { code: 'certificate.thumbprint' },
    })
    expect(asked).toEqual([])
  })
})
