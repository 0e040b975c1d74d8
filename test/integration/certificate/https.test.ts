import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { realRandom } from '../../../electron/machine/clock-and-random.ts'

const wishes = () => ({ now: new Date(), random: realRandom })

it('a file for HTTPS serves by node and is trusted by who trusts the certificate', async () => {
  const made = await createTlsCertificate({ ...wishes(), hosts: ['localhost', '127.0.0.1'] })
  const server = createServer({ pfx: Buffer.from(made.pfx), passphrase: '' }, (_, answer) => answer.end('ok'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`
  try {
    expect(await get(url, made.certificatePem)).toBe(200)
    const namesake = (await createTlsCertificate({ ...wishes(), hosts: ['localhost'] })).certificatePem
    expect(await get(url, [namesake, made.certificatePem])).toBe(200)
    await expect(get(url)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' })
  } finally {
    server.close()
  }
})

function get(url: string, trust?: string | string[]): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url, { ...(trust && { ca: trust }), agent: false }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
      .on('error', reject)
      .end()
  })
}
