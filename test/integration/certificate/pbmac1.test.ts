import { createHmac, pbkdf2Sync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { child, octetsOf, readElement } from '../../../electron/certificate/asn1/ber.ts'
import { identifier, integer, nothing, octets, sequence } from '../../../electron/certificate/asn1/der.ts'
import { openPfx } from '../../../electron/certificate/pkcs12/open.ts'
import { readPfx } from '../../../electron/certificate/read.ts'
import { Workshop } from './workshop.ts'

let shop: Workshop

beforeAll(async () => {
  shop = await Workshop.open()
  await shop.selfSigned('signer', 'p-256')
}, 30_000)
afterAll(() => shop.close())

const hmacs = { sha256: '1.2.840.113549.2.9', sha512: '1.2.840.113549.2.11' } as const
const bytesOf = { sha256: 32, sha512: 64 } as const

/** A PFX of openssl with its seal replaced by PBMAC1, as RFC 9579, 4 lays it out. */
async function resealed(password: string, hash: keyof typeof hmacs): Promise<Buffer> {
  const outer = readElement(await shop.pfx('signer', password))
  const contents = octetsOf(child(child(child(outer, 1), 1), 0))
  const salt = Buffer.from('saltsalt')
  const rounds = 2048
  const key = pbkdf2Sync(password, salt, rounds, bytesOf[hash], 'sha256')
  const derivation = sequence(octets(salt), integer(rounds), integer(bytesOf[hash]), algorithm(hmacs.sha256))
  const parameters = sequence(
    sequence(identifier('1.2.840.113549.1.5.12'), derivation),
    algorithm(hmacs[hash]),
  )
  const digest = createHmac(hash, key).update(contents).digest()
  const info = sequence(sequence(identifier('1.2.840.113549.1.5.14'), parameters), octets(digest))
  // Salt and rounds of the old seal stand there for their syntax only.
  const macData = sequence(info, octets(Buffer.from('unused')), integer(1))
  return sequence(child(outer, 0).raw, child(outer, 1).raw, macData)
}

function algorithm(oid: string): Buffer {
  return sequence(identifier(oid), nothing())
}

describe.each(['sha256', 'sha512'] as const)('a PFX sealed with PBMAC1 and %s', (hash) => {
  it('opens with its password, and with no other', async () => {
    const bytes = await resealed('Grüße-🔑', hash)
    expect(await openPfx(bytes, 'Grüße-🔑')).toMatchObject({
      protection: 'AES-256, PBMAC1',
      certificates: { length: 1 },
      privateKeys: { length: 1 },
    })
    expect(await openPfx(bytes, 'Grüße')).toEqual({ refused: 'wrong-password' })
  })

  it('is nothing the service opens', async () => {
    const { facts, problems } = await readPfx(await resealed('', hash))
    expect(facts?.keyKind).toBe('ECDSA P-256')
    expect(problems.map(({ code }) => code)).toEqual(['pfx.pbmac1'])
  })
})

it('does not count for hours because a file says so', async () => {
  const bytes = await resealed('x', 'sha256')
  const outer = readElement(bytes)
  const macData = child(outer, 2)
  const endless = sequence(
    sequence(sequence(identifier('1.3.14.3.2.26'), nothing()), octets(Buffer.alloc(20))),
    child(macData, 1).raw,
    integer(0x7fff_ffff),
  )
  const hostile = sequence(child(outer, 0).raw, child(outer, 1).raw, endless)
  expect(await openPfx(hostile, 'x')).toEqual({
    refused: 'unsupported',
    about: 'a key derivation of 2147483647 rounds',
  })
})
