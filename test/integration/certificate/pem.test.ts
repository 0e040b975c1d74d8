import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { encryptedKeyPem } from '../../../electron/certificate/pem.ts'
import { createRequest } from '../../../electron/certificate/requests/request.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { openssl } from './openssl.ts'

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'certificate-pem-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('an encrypted private key', () => {
  it.each([
    ['RSA-2048', 'Kettle-Harbour-71_violin'],
    ['ECDSA-P256', 'Kettle-Harbour-71_violin'],
    ['ECDSA-P521', 'Tëe-Hafen-71_Möwe🔑'],
  ] as const)('of the kind %s is opened by openssl with its password only', async (key, password) => {
    const { privateKey } = await createRequest({ key, subject: 'CN=x' })
    const pem = await encryptedKeyPem(privateKey, new Secret(password))
    const passwords = join(folder, 'password')
    await writeFile(passwords, `${password}\n`)
    const opened = await openssl(['pkey', '-passin', `file:${passwords}`, '-outform', 'PEM'], pem)
    expect(opened).toBe(await openssl(['pkey', '-inform', 'DER', '-outform', 'PEM'], privateKey))
    await writeFile(passwords, 'another\n')
    await expect(openssl(['pkey', '-passin', `file:${passwords}`], pem)).rejects.toThrow(/pkey/)
  })

  it('is protected as it should be', async () => {
    const { privateKey } = await createRequest({ key: 'ECDSA-P256', subject: 'CN=x' })
    const pem = await encryptedKeyPem(privateKey, new Secret('Kettle-Harbour-71_violin'))
    const parsed = await openssl(['asn1parse'], pem)
    for (const part of ['PBES2', 'PBKDF2', 'hmacWithSHA256', 'aes-256-cbc']) expect(parsed).toContain(part)
    // 600 000 in hexadecimal, as openssl shows whole numbers.
    expect(parsed).toMatch(/INTEGER\s+:0927C0/)
  })
})
