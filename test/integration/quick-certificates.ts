import { vi } from 'vitest'

// Making two keys a run would take minutes; which keys they are does not matter to what these tests look at. Nor does
// reading the same bytes again tell anything new.
vi.mock('../../electron/certificate/signing.ts', async (original) => {
  const real = await original<typeof import('../../electron/certificate/signing.ts')>()
  let made: ReturnType<typeof real.createSigningCertificate> | undefined
  const createSigningCertificate: typeof real.createSigningCertificate = (about) =>
    (made ??= real.createSigningCertificate(about))
  return { ...real, createSigningCertificate }
})
vi.mock('../../electron/certificate/tls.ts', async (original) => {
  const real = await original<typeof import('../../electron/certificate/tls.ts')>()
  const made = new Map<string, ReturnType<typeof real.createTlsCertificate>>()
  const createTlsCertificate: typeof real.createTlsCertificate = (wishes) => {
    const key = JSON.stringify([wishes.hosts, wishes.days])
    return made.get(key) ?? made.set(key, real.createTlsCertificate(wishes)).get(key)!
  }
  return { ...real, createTlsCertificate }
})
vi.mock('../../electron/certificate/read.ts', async (original) => {
  const real = await original<typeof import('../../electron/certificate/read.ts')>()
  const read = new Map<string, ReturnType<typeof real.readPfx>>()
  const readPfx: typeof real.readPfx = (bytes, password) => {
    const key = `${password?.open() ?? ''}/${Buffer.from(bytes).toString('latin1')}`
    return read.get(key) ?? read.set(key, real.readPfx(bytes, password)).get(key)!
  }
  return { ...real, readPfx }
})
