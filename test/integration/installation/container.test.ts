import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { DOCKERFILE } from '../../../electron/practice/archive/hosting.ts'
import { findInstallation } from '../../../electron/scenarios/installation/find.ts'
import type { InstallationWishes } from '../../../electron/scenarios/installation/found.ts'
import {
  bind,
  CLIENT,
  inspected,
  makePlace,
  type Place,
  recordInstallation,
  SECRET,
  settingsWith,
} from './place.ts'

async function find(place: Place, wishes: Partial<InstallationWishes> = {}) {
  const found = await findInstallation(place.plain(), place.stateFolder, { target: place.target, ...wishes })
  expect(JSON.stringify(found)).not.toContain(SECRET)
  return found
}

const problem = (promise: Promise<unknown>) =>
  promise.then(
    () => {
      throw new Error('It was found.')
    },
    (error: unknown) => problemOf(error),
  )

interface Publishing {
  readonly ports: readonly string[]
  readonly env?: readonly string[]
  readonly network?: string
  readonly address?: string
  readonly redirects?: readonly string[]
}

const codes = (found: { readonly notes: readonly { readonly code: string }[] }) =>
  found.notes.map(({ code }) => code)

test('the container that is given files of the folder is found, and its PFX through its mounts', async () => {
  const place = await makePlace()
  const { target } = place
  const pfx = await place.write('keys/today.pfx', 'x')
  await place.write('appsettings.json', settingsWith({ X509CertificatePath: '/app/openssl.pfx' }))
  place.containers = [
    inspected({ name: 'shop', mounts: [bind('/srv/shop', '/app')] }),
    inspected({
      name: 'identity',
      mounts: [
        bind(pfx, '/app/openssl.pfx'),
        bind(join(target, 'appsettings.json'), '/app/appsettings.json'),
      ],
    }),
  ]
  expect(await find(place)).toMatchObject({
    recorded: false,
    pfx,
    inImage: false,
    settings: join(target, 'appsettings.json'),
    namedBy: { by: 'settings', file: join(target, 'appsettings.json') },
    namedAs: '/app/openssl.pfx',
    certain: true,
    installation: {
      name: 'identity',
      hosting: 'docker',
      container: 'identity',
      clientId: CLIENT.ClientId,
      localUrl: 'http://localhost:8090',
      publicUrl: 'http://localhost:8090',
    },
  })
})

test('what a whole folder is mounted for, and a path in the container’s own folder', async () => {
  const place = await makePlace()
  const pfx = await place.write('keys/signing.pfx', 'x')
  await place.write('appsettings.json', settingsWith({ X509CertificatePath: 'keys/signing.pfx' }))
  place.containers = [
    inspected({ name: 'identity', workingDir: '/srv/id', mounts: [bind(place.target, '/srv/id')] }),
  ]
  expect(await find(place)).toMatchObject({ pfx, inImage: false, certain: true })
})

test('the container’s variables win over its settings', async () => {
  const place = await makePlace()
  const other = await place.write(join(place.root, 'certs', 'id.pfx'), 'x')
  place.containers = [
    inspected({
      name: 'identity',
      env: ['x509CertificatePath=/certs/id.pfx', 'ASPNETCORE_ENVIRONMENT=Staging'],
      mounts: [bind(place.target, '/app'), bind(join(place.root, 'certs'), '/certs')],
    }),
  ]
  expect(await find(place)).toMatchObject({
    pfx: other,
    namedBy: { by: 'container', container: 'identity' },
    namedAs: '/certs/id.pfx',
  })
})

test('what the image holds is the file that it is built from', async () => {
  const place = await makePlace()
  const pfx = await place.write('openssl.pfx', 'x')
  await place.write('Dockerfile-OAuth', DOCKERFILE)
  place.containers = [
    inspected({ name: 'database', image: 'postgres:16', mounts: [] }),
    inspected({ name: 'id', image: 'registry.example.com:5000/creatio-identity:8.3' }),
  ]
  const found = await find(place)
  expect(found).toMatchObject({ pfx, inImage: true, certain: false, installation: { container: 'id' } })
  expect(codes(found)).toContain('installation.container-by-name')

  const named = await find(place, { container: 'id' })
  expect(named).toMatchObject({ pfx, inImage: true, certain: true })
  expect(codes(named)).not.toContain('installation.container-by-name')
})

test('a folder from which no image can be built belongs to no container by its name', async () => {
  const place = await makePlace()
  place.containers = [inspected({ name: 'identity' })]
  expect(await problem(find(place))).toMatchObject({
    code: 'installation.not-found',
    cause: 'The containers identity are given no file of it.',
  })
})

test('the engine’s own volume is named', async () => {
  const place = await makePlace()
  const volume = join(place.root, 'volumes', 'keys', '_data')
  place.containers = [
    inspected({
      name: 'identity',
      env: ['X509CertificatePath=/keys/openssl.pfx'],
      mounts: [
        bind(place.target, '/app'),
        { Type: 'volume', Name: 'keys', Source: volume, Destination: '/keys', RW: true },
      ],
    }),
  ]
  const found = await find(place)
  expect(found).toMatchObject({ pfx: join(volume, 'openssl.pfx'), volume: 'keys', inImage: false })
  expect(codes(found)).toContain('installation.pfx-in-volume')
})

test('several containers are asked about; one that runs wins over those that do not', async () => {
  const place = await makePlace()
  const mounts = [bind(place.target, '/app')]
  place.containers = [inspected({ name: 'identity', mounts }), inspected({ name: 'identity-test', mounts })]
  expect(await problem(find(place))).toMatchObject({
    code: 'installation.several',
    what: expect.stringContaining('identity, identity-test'),
    where: { path: 'installation.container' },
  })
  place.containers = [
    inspected({ name: 'identity', mounts }),
    inspected({ name: 'identity-old', mounts, state: 'exited' }),
    inspected({ name: 'backup', image: 'restic', mounts, env: [] }),
  ]
  expect((await find(place)).installation.container).toBe('identity')
  expect((await find(place, { container: 'identity-old' })).installation.container).toBe('identity-old')
  expect((await problem(find(place, { container: 'gone' }))).code).toBe('installation.not-found')
})

test.each<readonly [string, Publishing, string, string]>([
  [
    'HTTP first for itself, HTTPS for others',
    { ports: ['80/tcp', '443/tcp'] },
    'http://localhost:9080',
    'https://localhost:9443',
  ],
  [
    'a port of one address',
    { ports: ['80/tcp'], address: '127.0.0.1' },
    'http://127.0.0.1:9080',
    'http://127.0.0.1:9080',
  ],
  [
    'an unusual port, by what the service listens on',
    { ports: ['9443/tcp'], env: ['ASPNETCORE_URLS=http://+:80;https://*:9443'] },
    'https://localhost:9443',
    'https://localhost:9443',
  ],
  [
    'the host’s own network',
    { ports: [], network: 'host', env: ['ASPNETCORE_HTTP_PORTS=8085'] },
    'http://localhost:8085',
    'http://localhost:8085',
  ],
  [
    'an address that the client names',
    { ports: ['80/tcp'], redirects: ['https://id.example.com/signin'] },
    'http://localhost:9080',
    'https://id.example.com',
  ],
])('address: %s', async (_, how: Publishing, localUrl, publicUrl) => {
  const place = await makePlace()
  const { ports, env = [], network = 'bridge', address = '', redirects = [] } = how
  const Clients = JSON.stringify([{ ...CLIENT, RedirectUris: redirects }])
  await place.write('appsettings.json', settingsWith({ Clients }))
  const hostPort = (port: string) => (port.startsWith('80') ? '9080' : '9443')
  place.containers = [
    inspected({
      name: 'identity',
      env,
      network,
      mounts: [bind(place.target, '/app')],
      ports: Object.fromEntries(ports.map((port) => [port, [{ HostIp: address, HostPort: hostPort(port) }]])),
    }),
  ]
  expect((await find(place)).installation).toMatchObject({ localUrl, publicUrl })
})

test('the certificate that Kestrel serves HTTPS with is trusted', async () => {
  const place = await makePlace()
  const { clock, random } = realMachine()
  const made = await createTlsCertificate({ hosts: ['localhost'], now: clock.now(), random })
  const https = await place.write('https/https.pfx', made.pfx)
  place.containers = [
    inspected({
      name: 'identity',
      env: [
        'ASPNETCORE_URLS=https://+:443',
        'ASPNETCORE_Kestrel__Certificates__Default__Path=/https/https.pfx',
      ],
      mounts: [bind(place.target, '/app'), bind(https, '/https/https.pfx')],
      ports: { '443/tcp': [{ HostIp: '', HostPort: '8443' }] },
    }),
  ]
  expect((await find(place)).trust).toContain('BEGIN CERTIFICATE')
})

test('a container that publishes nothing cannot be asked', async () => {
  const place = await makePlace()
  place.containers = [inspected({ name: 'identity', mounts: [bind(place.target, '/app')], ports: {} })]
  expect((await problem(find(place))).code).toBe('installation.no-address')
})

test('the database server as this machine knows it', async () => {
  const place = await makePlace()
  await place.write(
    'appsettings.json',
    settingsWith({
      DatabaseConnectionString: 'Host=host.docker.internal;Database=creatio;Username=u;Password=p',
    }),
  )
  place.containers = [inspected({ name: 'identity', mounts: [bind(place.target, '/app')] })]
  expect((await find(place)).installation.databaseServer).toBe('localhost')

  const env = ['DATABASECONNECTIONSTRING=Host=db.example;Database=creatio']
  place.containers = [inspected({ name: 'identity', mounts: [bind(place.target, '/app')], env })]
  expect((await find(place)).installation.databaseServer).toBeUndefined()
})

test('a recorded container has today’s PFX; its record where the container is not seen', async () => {
  const place = await makePlace()
  await recordInstallation(place, { hosting: 'docker', container: 'identity' })
  const moved = await place.write('keys/moved.pfx', 'x')
  place.containers = [
    inspected({
      name: 'identity',
      env: ['X509CertificatePath=/app/openssl.pfx'],
      mounts: [bind(moved, '/app/openssl.pfx')],
    }),
  ]
  expect(await find(place)).toMatchObject({
    recorded: true,
    pfx: moved,
    certain: true,
    installation: { pfx: moved },
  })

  place.containers = []
  const gone = await find(place)
  expect(gone).toMatchObject({ recorded: true, pfx: join(place.target, 'openssl.pfx'), certain: false })
  expect(codes(gone)).toEqual(['installation.container-gone'])

  place.containers = undefined
  const unseen = await find(place)
  expect(unseen).toMatchObject({ recorded: true, certain: false })
  expect(codes(unseen)).toEqual(['installation.container-unseen'])
})
