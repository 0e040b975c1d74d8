import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createTlsCertificate } from '../../../electron/certificate/tls.ts'
import type { Answers } from '../../../electron/contract/answers.ts'
import type { Problem } from '../../../electron/contract/problem.ts'
import type { RunEvent } from '../../../electron/contract/run.ts'
import { interruptedRunOf } from '../../../electron/hosts/session/interrupted.ts'
import type { PreparedInstallation } from '../../../electron/hosts/session/prepared.ts'
import { Session } from '../../../electron/hosts/session/session.ts'
import type { Clock, Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { makePracticeArchive } from '../../../electron/practice/archive.ts'
import { practiceState, practiceWindows } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import { configurationText } from '../../../electron/practice/windows/store.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { openssl } from '../certificate/openssl.ts'
import { snapshot } from '../run/file-run.ts'

/** In memory where the system offers that: hundreds of runs flush every effect to disk. */
const QUICK = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

const real = realMachine()

/** Each secret is recognised wherever it turns up. */
export const SECRETS = {
  pool: 'Canary-pool-4q7"&<>\\ü',
  database: 'Canary-database-8w2',
  client: 'Canary_client_0123456789-abcdefg',
  pfx: 'Canary-pfx-5t9',
}

/** Accounts that the simulated Windows knows. */
export const LOCAL_ACCOUNT = '.\\svc-identity'
export const MANAGED_ACCOUNT = 'CORP\\gmsa-identity$'

/** A certificate that stands in LocalMachine\My before a setup, and the same kind as a PFX with a password. */
interface Certificates {
  readonly thumbprint: string
  readonly pem: string
  readonly pfx: string
  /** Another one, which somebody else’s binding has. */
  readonly other: { readonly thumbprint: string; readonly pem: string }
}

/** A simulated server with everything that a run for IIS needs. */
export interface IisPlace {
  readonly root: string
  /** What the installer's disk looks like before: everything that a roll-back has to bring back. */
  readonly world: string
  readonly target: string
  readonly stateFolder: string
  readonly server: string
  readonly archive: string
  readonly pfx: string
  readonly thumbprint: string
}

/** Made once for all places of one test file. */
let shared: Promise<{ readonly archive: string; readonly certificates: Certificates }> | undefined

let sharedFolder: string | undefined
afterAll(async () => {
  if (sharedFolder !== undefined) await rm(sharedFolder, { recursive: true, force: true })
})

async function makeShared() {
  const folder = (sharedFolder = await mkdtemp(join(QUICK, 'iis-shared-')))
  const archive = join(folder, 'IdentityService.zip')
  await makePracticeArchive(real, archive)
  return { archive, certificates: await makeCertificates(folder) }
}

async function makeCertificates(folder: string): Promise<Certificates> {
  const { clock, random } = real
  const hosts = ['identity.example.com', 'localhost', '127.0.0.1']
  const made = await createTlsCertificate({ hosts, now: clock.now(), random })
  const [open, pem, pfx] = ['open.pfx', 'both.pem', 'identity.pfx'].map((name) => join(folder, name))
  await writeFile(open!, made.pfx)
  await openssl(['pkcs12', '-in', open!, '-nodes', '-passin', 'pass:', '-out', pem!])
  await openssl(['pkcs12', '-export', '-in', pem!, '-passout', `pass:${SECRETS.pfx}`, '-out', pfx!])
  const certificate = await openssl(['x509', '-in', pem!])
  const theirs = await createTlsCertificate({ hosts: ['theirs.example'], now: clock.now(), random })
  await writeFile(open!, theirs.pfx)
  const other = await openssl(['pkcs12', '-in', open!, '-nodes', '-nokeys', '-passin', 'pass:'])
  return {
    thumbprint: made.thumbprint,
    pem: certificate,
    pfx: pfx!,
    other: { thumbprint: theirs.thumbprint, pem: other },
  }
}

/** Pauses between two looks are shorter; what is longer limits something that is really done. */
const LIMIT_MS = 5_000

/**
 * The world of a machine without its waits: what would be slept passes at once. A limit does not: it would be over before a
 * closed port has refused.
 */
function quickClock(clock: Clock): Clock {
  let skipped = 0
  return {
    now: () => clock.now(),
    monotonic: () => clock.monotonic() + skipped,
    async sleep(ms, signal) {
      if (ms >= LIMIT_MS) return clock.sleep(ms, signal)
      skipped += ms
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

/** A new process's view of the simulated server; where sites are really served, time passes as it does. */
export function machineIn({ server }: IisPlace, options: PracticeWindowsOptions = {}): Machine {
  const clock = options.siteScript === undefined ? quickClock(real.clock) : real.clock
  return practiceWindows({ ...real, clock }, server, options)
}

function accounts(state: ServerState): void {
  const passwordHash = createHash('sha256').update(SECRETS.pool).digest('hex')
  const sid = 'S-1-5-21-1004336348-1177238915-682003330'
  const name = (account: string) => account.replace('.', state.system.name)
  state.users.push(
    { name: name(LOCAL_ACCOUNT), sid: `${sid}-1101`, kind: 'local', memberOf: [], passwordHash },
    { name: MANAGED_ACCOUNT, sid: `${sid}-1102`, kind: 'gmsa', memberOf: [] },
  )
}

/**
 * Makes a place; `remove` takes it away.
 * @param options how the server is; `adjust` comes after the accounts and the certificates are there
 */
export async function makeIisPlace(
  prepareWorld: (world: string) => Promise<void>,
  options: PracticeWindowsOptions,
): Promise<{ readonly place: IisPlace; readonly remove: () => Promise<void> }> {
  const { archive, certificates } = await (shared ??= makeShared())
  const root = await mkdtemp(join(QUICK, 'iis-run-'))
  const world = join(root, 'world')
  await mkdir(world)
  await prepareWorld(world)
  const pfx = join(root, 'identity.pfx')
  await copyFile(certificates.pfx, pfx)
  const { thumbprint, pem, other } = certificates
  const place: IisPlace = {
    root,
    world,
    target: join(world, 'new', 'deeper', 'IdentityService'),
    stateFolder: join(root, 'state'),
    server: join(root, 'server'),
    archive,
    pfx,
    thumbprint,
  }
  const machine = machineIn(place, {
    ...options,
    adjust(state) {
      accounts(state)
      const key = { hasPrivateKey: true, keyUsable: true, friendlyName: 'Issued', chainPem: [] }
      state.certificates.push({ ...key, thumbprint, pem }, { ...key, ...other })
      options.adjust?.(state)
    },
  })
  // The first look at its files makes the server.
  await machine.files.info(place.server)
  return { place, remove: () => rm(root, { recursive: true, force: true }) }
}

/** Gives a function a place and removes it afterwards; see {@link makeIisPlace}. */
export async function inIisPlace<T>(
  prepareWorld: (world: string) => Promise<void>,
  options: PracticeWindowsOptions,
  use: (place: IisPlace) => Promise<T>,
): Promise<T> {
  const { place, remove } = await makeIisPlace(prepareWorld, options)
  try {
    return await use(place)
  } finally {
    await remove()
  }
}

type Website = NonNullable<Answers['website']>

/** Answers for the simulated server, with every secret a canary. */
export function iisAnswers(place: IisPlace, website: Partial<Website> = {}): Answers {
  const { practice: _practice, ...example } = exampleAnswers('practice', 'linux')
  return {
    ...example,
    service: { source: place.archive, target: place.target },
    database: {
      from: 'connection-string',
      provider: 'PostgreSQL',
      connectionString: 'vault:database',
    },
    client: { id: 'Identity12345678', name: 'Creatio', secret: 'vault:client' },
    website: {
      site: 'IDServiceWebsite',
      pool: 'IDServicePool',
      identity: { account: 'ApplicationPoolIdentity' },
      ...website,
    },
    ...(website.https && website.hostName === undefined ? { publicUrl: 'https://identity.example.com' } : {}),
  }
}

/** One process's life with the same answers: plan, run, and what is asked of it at the end. */
export class IisLife {
  readonly session: Session
  readonly machine: Machine
  readonly events: RunEvent[] = []
  readonly #left: ReadonlySet<string>

  /** @param left ids of steps that are left out: where no site is really served, nobody can be waited for */
  constructor(machine: Machine, place: IisPlace, left: readonly string[] = ['await-service']) {
    this.machine = machine
    this.#left = new Set(left)
    this.session = new Session({ machine, stateFolder: place.stateFolder, environment: {} })
    const { vault } = this.session
    for (const [name, secret] of Object.entries(SECRETS)) vault.put(name, secret)
    vault.put(
      'database',
      `Server=127.0.0.1;Port=5432;Database=creatio;User ID=u;Password=${SECRETS.database};`,
    )
  }

  async tryToPrepare(
    answers: Answers,
  ): Promise<{ readonly prepared: PreparedInstallation } | { readonly problems: readonly Problem[] }> {
    const checked = this.session.check(answers)
    if ('problems' in checked) return checked
    const result = await this.session.prepare(checked.answers)
    if ('problems' in result) return result
    if (result.prepared.scenario !== 'new-installation') throw new Error(result.prepared.scenario)
    const { plan } = result.prepared
    const steps = plan.steps.filter(({ id }) => !this.#left.has(id))
    return { prepared: { ...result.prepared, plan: { ...plan, steps } } }
  }

  async prepare(answers: Answers): Promise<PreparedInstallation> {
    const result = await this.tryToPrepare(answers)
    if ('problems' in result) throw new Error(JSON.stringify(result.problems, undefined, 1))
    return result.prepared
  }

  /** The run that the command line would make: it goes on with an interrupted one. */
  async run(answers: Answers, prepared?: PreparedInstallation) {
    const made = prepared ?? (await this.prepare(answers))
    const continued = await interruptedRunOf(this.session, made.answers)
    const wishes = { ...(continued ? { continued } : {}), recorded: true }
    return this.session.run(made, (event) => this.events.push(event), wishes)
  }
}

/**
 * Everything that taking back has to bring back byte for byte: the server's configuration, the files of disk and
 * drive, and what is recorded of installations. Left out are what a restart forgets and the event log. Pools stand by
 * name in it, as the simulation keeps them: `add` puts a pool that had to be replaced at the end of the real list.
 */
export async function everything({ server, world, stateFolder }: IisPlace): Promise<Record<string, unknown>> {
  const configuration = await practiceState(real, server).change(async (state) => configurationText(state))
  const [disk, drive, installations] = await Promise.all(
    [world, join(server, 'drive'), join(stateFolder, 'installations')].map(snapshot),
  )
  return { configuration, disk, drive, installations }
}

/** Changes the simulated server as somebody else would. */
export async function changeServer({ server }: IisPlace, work: (state: ServerState) => void): Promise<void> {
  await practiceState(real, server).change(async (state) => work(state))
}

export async function readServer({ server }: IisPlace): Promise<ServerState> {
  return practiceState(real, server).change(async (state) => structuredClone(state))
}
