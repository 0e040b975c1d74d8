import { expect, test } from 'vitest'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { readPfx } from '../../../electron/certificate/read.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import { findInstallation } from '../../../electron/scenarios/installation/find.ts'
import { addSite, CLIENT, makePlace, settingsWith } from './place.ts'

const { clock, random } = realMachine()

async function certificateFor(hosts: readonly string[]) {
  const { pfx, thumbprint } = await createTlsCertificate({ hosts, now: clock.now(), random })
  const { facts } = await readPfx(pfx)
  return { thumbprint, pem: facts!.certificatePem }
}

/** A certificate of the machine, and where HTTP.sys serves it. */
async function bound(hosts: readonly string[], endpoint: string) {
  const { thumbprint, pem } = await certificateFor(hosts)
  const put = (state: ServerState) => {
    state.certificates.push({
      thumbprint,
      pem,
      hasPrivateKey: true,
      keyUsable: true,
      friendlyName: '',
      chainPem: [],
    })
    state.sslBindings.push({
      endpoint,
      kind: endpoint.startsWith('0.') ? 'ip' : 'sni',
      hash: thumbprint.toLowerCase(),
      appId: '{4dc3e181-e14b-4a21-b022-59fc669b0914}',
      store: 'MY',
    })
  }
  return { put, pem }
}

async function addressOf(
  bindings: readonly string[],
  {
    put,
    redirects = CLIENT.RedirectUris,
  }: { put?: (state: ServerState) => void; redirects?: readonly string[] } = {},
) {
  const place = await makePlace()
  const clients = JSON.stringify([{ ...CLIENT, RedirectUris: redirects }])
  await place.write('appsettings.json', settingsWith({ Clients: clients }))
  const adjust = (state: ServerState) => {
    addSite(state, { name: 'Identity', folder: place.target, bindings })
    put?.(state)
  }
  const { installation, trust } = await findInstallation(place.windows({ adjust }), place.stateFolder, {
    target: place.target,
  })
  return { publicUrl: installation.publicUrl, localUrl: installation.localUrl, trust }
}

test.each([
  [['http/*:8090:'], 'http://localhost:8090', 'http://localhost:8090'],
  [['http/*:80:'], 'http://localhost', 'http://localhost'],
  [['http/10.0.0.5:8090:'], 'http://10.0.0.5:8090', 'http://10.0.0.5:8090'],
  [['http/[2001:db8::1]:8090:'], 'http://[2001:db8::1]:8090', 'http://[2001:db8::1]:8090'],
  [['http/*:80:id.example.com', 'https/*:443:'], 'https://localhost', 'https://localhost'],
  [['https/*:443:', 'https/*:443:id.example.com'], 'https://id.example.com', 'https://id.example.com'],
  [['http/*:80:*.example.com'], 'http://localhost', 'http://localhost'],
])('bindings %j', async (bindings, publicUrl, localUrl) => {
  expect(await addressOf(bindings)).toEqual({ publicUrl, localUrl, trust: undefined })
})

test('an HTTPS certificate says by which name the server is called, and is trusted', async () => {
  const { put, pem } = await bound(['identity.example.com'], '0.0.0.0:8443')
  const url = 'https://identity.example.com:8443'
  expect(await addressOf(['https/*:8443:'], { put })).toEqual({
    publicUrl: url,
    localUrl: url,
    trust: `${pem.trim()}\n`,
  })
})

test('a certificate that holds for this machine too is used by that name', async () => {
  const { put } = await bound(['localhost', '*.example.com', 'identity.example.com'], '0.0.0.0:443')
  expect(await addressOf(['https/*:443:'], { put })).toMatchObject({
    publicUrl: 'https://identity.example.com',
    localUrl: 'https://localhost',
  })
})

test('a certificate that belongs to a name is found by it', async () => {
  const { put, pem } = await bound(['id.example.com'], 'id.example.com:443')
  expect(await addressOf(['https/*:443:id.example.com'], { put })).toMatchObject({
    publicUrl: 'https://id.example.com',
    trust: `${pem.trim()}\n`,
  })
})

test.each([
  [
    'the address of the client, where a binding serves it',
    ['https://ids.example.org/lib'],
    'https://ids.example.org',
  ],
  ['not one of another port', ['https://ids.example.org:8443'], 'https://localhost'],
  [
    'not one of this machine, and nothing that is no address',
    ['http://127.0.0.1', 'app:/x', ''],
    'https://localhost',
  ],
])('the Identity Service URL is %s', async (_, redirects, publicUrl) => {
  expect(await addressOf(['https/*:443:'], { redirects })).toMatchObject({
    publicUrl,
    localUrl: 'https://localhost',
  })
})
