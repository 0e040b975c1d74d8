import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { SetupError } from '../../../electron/contract/problem.ts'
import type { Command, Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { RUNTIME_CONFIG, WEB_CONFIG } from '../../../electron/practice/archive/hosting.ts'
import { type ConfigElement, element } from '../../../electron/practice/windows/configuration/element.ts'
import { practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import {
  type Installation,
  installationFile,
  installationId,
} from '../../../electron/service/installation.ts'

/** A disk with a service that somebody set up by hand, and what its hosts say of it. */
export interface Place {
  readonly root: string
  readonly target: string
  readonly stateFolder: string
  /** The system drive of the simulated Windows. */
  readonly drive: string
  /** Writes below the service's folder, or to an absolute path. */
  write(path: string, content: string | Uint8Array): Promise<string>
  /** With a simulated Windows. */
  windows(options?: PracticeWindowsOptions): Machine
  /** Without Windows. */
  plain(): Machine
  /** What `docker inspect` prints of each container; undefined: no docker command. */
  containers: readonly Readonly<Record<string, unknown>>[] | undefined
  /** Files that this user may not read. */
  readonly locked: Set<string>
}

const real = realMachine()
const roots: string[] = []
afterEach(async () => {
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true })
})

export const SECRET = 'Canary-0123456789-0123456789-abc'
export const CLIENT = {
  ClientId: 'Identity12345678',
  ClientName: 'Creatio',
  Secrets: [SECRET],
  AllowedGrantTypes: ['implicit', 'client_credentials'],
  RedirectUris: ['http://localhost:8090'],
  AllowedScopes: ['IdentityServerApi'],
}

/** Settings as the manual has them filled in. */
export function settingsWith(values: Readonly<Record<string, unknown>> = {}): string {
  return JSON.stringify({
    DbProvider: 'Postgres',
    DatabaseConnectionString: `Server=db.example.com;Port=5432;Database=creatio;User ID=u;password=${SECRET};`,
    X509CertificatePath: 'openssl.pfx',
    Clients: JSON.stringify([CLIENT]),
    ...values,
  })
}

export async function makePlace(): Promise<Place> {
  const root = await mkdtemp(join(tmpdir(), 'installation-'))
  roots.push(root)
  const server = join(root, 'server')
  const target = join(server, 'drive', 'inetpub', 'IdentityService')
  const locked = new Set<string>()
  const write = async (path: string, content: string | Uint8Array) => {
    const file = join(path.startsWith(root) ? '' : target, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
    return file
  }
  const watched = (machine: Machine): Machine => ({
    ...machine,
    files: {
      ...forwarded(machine),
      read: (path) => (locked.has(path) ? Promise.reject(denied(path)) : machine.files.read(path)),
    },
    processes: {
      ...machine.processes,
      run: (command) => (command.command === 'docker' ? docker(command) : machine.processes.run(command)),
    },
  })
  const place: Place = {
    root,
    target,
    stateFolder: join(root, 'state'),
    drive: join(server, 'drive'),
    write,
    windows: (options = {}) => watched(practiceWindows(real, server, options)),
    plain: () => watched(real),
    containers: undefined,
    locked,
  }
  const docker = async ({ args }: Command) => {
    if (!place.containers)
      throw new SetupError({ code: 'process.not-found', what: 'No docker.', next: 'Install it.' })
    const ids = place.containers.map((each) => String(each['Id']))
    if (args[0] === 'ps') return { exitCode: 0, stdout: ids.join('\n'), stderr: '' }
    const wanted = place.containers.filter((each) =>
      args.some((arg) => arg === each['Id'] || `/${arg}` === each['Name']),
    )
    const stdout = JSON.stringify(wanted)
    return wanted.length > 0
      ? { exitCode: 0, stdout, stderr: '' }
      : { exitCode: 1, stdout, stderr: 'Error: No such container: x' }
  }
  await write('IdentityService.dll', 'MZ')
  await write('IdentityService.runtimeconfig.json', RUNTIME_CONFIG)
  await write('web.config', WEB_CONFIG)
  await write('appsettings.json', settingsWith())
  return place
}

/** The simulated server's files are a proxy, whose methods have to be called one by one. */
function forwarded({ files }: Machine): Machine['files'] {
  return {
    read: (path) => files.read(path),
    info: (path) => files.info(path),
    isSame: (path, other) => files.isSame(path, other),
    list: (path) => files.list(path),
    makeFolder: (path, options) => files.makeFolder(path, options),
    write: (path, bytes, options) => files.write(path, bytes, options),
    writeStream: (path, source, options) => files.writeStream(path, source, options),
    append: (path, text, options) => files.append(path, text, options),
    copy: (from, to, options) => files.copy(from, to, options),
    rename: (from, to) => files.rename(from, to),
    remove: (path) => files.remove(path),
    removeFolder: (path) => files.removeFolder(path),
    freeBytes: (path) => files.freeBytes(path),
    mayWrite: (path) => files.mayWrite(path),
  }
}

function denied(file: string): SetupError {
  return new SetupError({
    code: 'file.no-access',
    what: `No access to ${file}.`,
    where: { file },
    next: 'Ask.',
  })
}

/** A container as `docker inspect` prints it, in the parts that are looked at. */
export function inspected(change: {
  readonly name: string
  readonly image?: string
  readonly state?: string
  readonly env?: readonly string[]
  readonly mounts?: readonly Readonly<Record<string, unknown>>[]
  readonly ports?: Readonly<Record<string, unknown>>
  readonly network?: string
  readonly workingDir?: string
}): Readonly<Record<string, unknown>> {
  const { name, image = 'creatio/identity:8.3', state = 'running', env = [], mounts = [] } = change
  return {
    Id: `id-of-${name}`,
    Name: `/${name}`,
    Image: 'sha256:0123',
    State: { Status: state, ExitCode: 0 },
    Config: {
      Image: image,
      Env: ['PATH=/usr/bin', 'DOTNET_RUNNING_IN_CONTAINER=true', ...env],
      WorkingDir: change.workingDir ?? '/app',
    },
    HostConfig: {
      PortBindings: change.ports ?? { '80/tcp': [{ HostIp: '', HostPort: '8090' }] },
      NetworkMode: change.network ?? 'bridge',
    },
    Mounts: mounts,
  }
}

export const bind = (source: string, target: string) => ({
  Type: 'bind',
  Source: source,
  Destination: target,
  RW: false,
})

interface SiteWishes {
  readonly name: string
  readonly folder: string
  readonly pool?: string
  readonly bindings?: readonly string[]
  /** Path → folder and pool of further applications. */
  readonly applications?: Readonly<Record<string, { readonly folder: string; readonly pool: string }>>
}

/** Adds a site as IIS Manager would, and its pool. */
export function addSite(
  state: ServerState,
  { name, folder, pool = `${name} pool`, bindings = ['http/*:8090:'], applications = {} }: SiteWishes,
): void {
  const site = element({ name, id: String(state.iis.sites.length + 1) })
  const all = element()
  for (const binding of bindings) {
    const [protocol = '', bindingInformation = ''] = binding.split('/')
    all.items.push(element({ protocol, bindingInformation }))
  }
  site.elements['bindings'] = all
  const every = { '/': { folder, pool }, ...applications }
  for (const [path, { folder: physicalPath, pool: applicationPool }] of Object.entries(every)) {
    const application = element({ path, applicationPool })
    application.items.push(element({ path: '/', physicalPath }))
    site.items.push(application)
    addPool(state, applicationPool)
  }
  state.iis.sites.push(site)
  state.iis.siteStates[name] = 'Started'
  state.iis.foreignSites.push(name)
}

/** Adds a pool, or gives one that is there this process model and these variables. */
export function addPool(
  state: ServerState,
  name: string,
  model: Readonly<Record<string, string>> = {},
  variables: Readonly<Record<string, string>> = {},
): void {
  let pool: ConfigElement | undefined = state.iis.pools.find(({ attributes }) => attributes['name'] === name)
  if (!pool) state.iis.pools.push((pool = element({ name })))
  state.iis.poolStates[name] = 'Started'
  if (Object.keys(model).length > 0) pool.elements['processModel'] = element(model)
  if (Object.keys(variables).length > 0) {
    const all = element()
    for (const [key, value] of Object.entries(variables)) all.items.push(element({ name: key, value }))
    pool.elements['environmentVariables'] = all
  }
}

/** A new signing certificate. */
export async function makePfx(): Promise<{ readonly pfx: Uint8Array; readonly thumbprint: string }> {
  return createSigningCertificate({ now: new Date(), random: real.random })
}

/** Writes the record of an installation, as an earlier setup would have. */
export async function recordInstallation(
  place: Place,
  record: Partial<Installation> & Pick<Installation, 'hosting'>,
): Promise<void> {
  const target = record.target ?? place.target
  const id = installationId(target)
  const full: Installation = {
    version: 1,
    id,
    name: 'Recorded',
    target,
    settings: join(target, 'appsettings.json'),
    pfx: join(target, 'openssl.pfx'),
    publicUrl: 'http://localhost:8090',
    localUrl: 'http://localhost:8090',
    clientId: CLIENT.ClientId,
    installedAt: '2026-01-01T00:00:00.000Z',
    ...record,
  }
  await real.files.makeFolder(join(place.stateFolder, 'installations'))
  await real.files.write(installationFile(place.stateFolder, id), JSON.stringify(full))
}
