import { X509Certificate } from 'node:crypto'
import { createTlsCertificate } from '../../certificate/tls.ts'
import type { Machine } from '../../machine/machine.ts'
import { readPfx } from '../service/pfx.ts'
import type { SimulatedCertificate } from './state.ts'
import type { SimulatedServer } from './tool.ts'

const DAY_MS = 86_400_000

interface Demonstration {
  readonly friendlyName: string
  readonly hosts: readonly string[]
  /** Days before now on which it became valid. */
  readonly since: number
  readonly days: number
  readonly withKey: boolean
}

/**
 * The certificates that LocalMachine\My holds in a practice run, each a real one: one that fits, an expired one, one
 * without its private key, one for another name.
 *
 * @param computer the name of the simulated server, and the names by which browsers reach it
 * @param protect seals a private key for the state
 */
export async function makeMachineCertificates(
  { clock, random }: Machine,
  computer: readonly string[],
  protect: SimulatedServer['protect'],
): Promise<SimulatedCertificate[]> {
  const own = ['localhost', ...computer.filter((name) => name !== 'localhost'), '127.0.0.1']
  const wanted: readonly Demonstration[] = [
    { friendlyName: 'Practice: this server', hosts: own, since: 30, days: 397, withKey: true },
    { friendlyName: 'Practice: expired', hosts: own, since: 400, days: 365, withKey: true },
    { friendlyName: 'Practice: without private key', hosts: own, since: 10, days: 397, withKey: false },
    {
      friendlyName: 'Practice: another name',
      hosts: ['shop.practice.example', 'www.shop.practice.example'],
      since: 30,
      days: 397,
      withKey: true,
    },
  ]
  const now = clock.now().getTime()
  const made: SimulatedCertificate[] = []
  for (const { friendlyName, hosts, since, days, withKey } of wanted) {
    const { pfx, thumbprint } = await createTlsCertificate({
      hosts,
      days,
      now: new Date(now - since * DAY_MS),
      random,
    })
    const { keys, certificates } = await readPfx(Buffer.from(pfx), '')
    made.push({
      thumbprint,
      friendlyName,
      hasPrivateKey: withKey,
      keyUsable: withKey,
      pem: new X509Certificate(certificates[0]!).toString(),
      chainPem: [],
      ...(withKey && { protectedKey: protect(pemOf(keys[0]!)) }),
    })
  }
  return made
}

function pemOf(key: Buffer): string {
  return `-----BEGIN PRIVATE KEY-----\n${key.toString('base64').replaceAll(/.{64}(?=.)/g, '$&\n')}\n-----END PRIVATE KEY-----\n`
}
