import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { expect } from 'vitest'
import type { Answers, ReplaceCertificateAnswers, SetupAnswers } from '../../../electron/contract/answers.ts'
import { practiceSiteScript } from '../../../electron/hosts/session/scripts.ts'
import { listPools } from '../../../electron/iis/pools.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startPostgres, stopPostgres, type Postgres } from '../../../electron/practice/postgres.ts'
import { stopPracticeSites } from '../../../electron/practice/windows/machine.ts'
import type { PracticeWindowsOptions } from '../../../electron/practice/windows/options.ts'
import { readDacl } from '../../../electron/practice/windows/tools/acl-store.ts'
import { poolSid } from '../../../electron/practice/windows/tools/sids.ts'
import type { Journal } from '../../../electron/setup/journal.ts'
import { freePort } from '../../free-port.ts'
import {
  everything,
  iisAnswers,
  IisLife,
  machineIn,
  makeIisPlace,
  readServer,
  SECRETS,
  type IisPlace,
} from '../iis/iis-place.ts'
import { emptyTarget } from '../run/file-run.ts'
import { ScenarioLife } from '../scenario-life.ts'

export type Certificate = ReplaceCertificateAnswers['certificate']

const ADMINISTRATORS = 'S-1-5-32-544'
const SYSTEM = 'S-1-5-18'
/** What icacls calls F and R. */
const FULL = 0x1f01ff
const READ = 0x120089

/** A service that was set up by all the steps of a new installation, really served and with a real database. */
export interface ServicePlace extends IisPlace {
  readonly postgres: Postgres
  readonly url: string
  readonly pfx: string
  readonly pool: string
  /** The answers it was set up with. */
  readonly setUpWith: Answers
  readonly remove: () => Promise<void>
}

const OPTIONS = { siteScript: practiceSiteScript }

/** @param options how the server is */
export async function makeServicePlace(options: PracticeWindowsOptions = {}): Promise<ServicePlace> {
  const made = await makeIisPlace(emptyTarget, { ...OPTIONS, ...options })
  const { place } = made
  const postgres = await startPostgres({ folder: join(place.root, 'postgres'), log: () => {} })
  const remove = async () => {
    await stopPracticeSites(realMachine(), place.server)
    await stopPostgres(join(place.root, 'postgres'))
    await rm(postgres.folder, { recursive: true, force: true })
    await made.remove()
  }
  const pool = 'IDServicePool'
  const port = await freePort()
  const { publicUrl: _, ...setUpWith } = iisAnswers(place, { pool, http: { port }, development: true })
  try {
    const life = new IisLife(machineIn(place, OPTIONS), place, [])
    life.session.vault.put('database', postgres.connectionString.open())
    const run = await life.run(setUpWith)
    expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
  } catch (error) {
    await remove()
    throw error
  }
  const pfx = join(place.target, 'openssl.pfx')
  return { ...place, postgres, url: `http://localhost:${port}`, pfx, pool, setUpWith, remove }
}

/** A new process's view of the server. */
export function machineOf(place: ServicePlace): Machine {
  return machineIn(place, OPTIONS)
}

const NEW: Certificate = { from: 'new', key: 'ECDSA-P256', subject: 'CN=Replaced', days: 90 }

export function replaceAnswers(
  place: ServicePlace,
  certificate: Certificate = NEW,
  more: Partial<ReplaceCertificateAnswers> = {},
): ReplaceCertificateAnswers {
  return {
    version: 1,
    scenario: 'replace-certificate',
    installation: { target: place.target },
    certificate,
    ...more,
  }
}

/** One process's life with answers: check, plan, run. */
export class ReplaceLife extends ScenarioLife<'replace-certificate'> {
  constructor(
    place: ServicePlace,
    machine: Machine = machineOf(place),
    secrets: Record<string, string> = {},
  ) {
    const database = place.postgres.connectionString.open()
    const all = { ...SECRETS, database, ...secrets }
    super('replace-certificate', { machine, stateFolder: place.stateFolder }, all)
  }

  /** Carries it out, which has to succeed. Returns the plan with the run. */
  replace(answers: SetupAnswers) {
    return this.carryOut(answers)
  }
}

/** Asks IIS for something, which has to go well. */
export async function appcmd(place: ServicePlace, ...args: readonly string[]): Promise<void> {
  const { processes, windows } = machineOf(place)
  const command = join(windows!.windows, 'System32', 'inetsrv', 'appcmd.exe')
  expect(await processes.run({ command, args })).toMatchObject({ exitCode: 0 })
}

/** Takes back the newest run that has something left, as `undo` does; undefined when there is none. */
export function undoNewest(place: ServicePlace): Promise<Journal | undefined> {
  return new ReplaceLife(place).undoNewest()
}

/** A token, fetched by the standard's own means, without a line of the product. */
async function fetchToken({ url }: ServicePlace): Promise<string> {
  const answer = await fetch(`${url}/connect/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'Identity12345678',
      client_secret: SECRETS.client,
    }),
    signal: AbortSignal.timeout(20_000),
  })
  const { access_token: token } = (await answer.json()) as { access_token?: string }
  if (token === undefined) throw new Error(`No token: ${answer.status}`)
  return token
}

export interface Signing {
  readonly kids: readonly string[]
  readonly alg: string
  /** Of the token. */
  readonly kid: string
}

/** What a service signs with: the keys it publishes and a token that was verified by them, by another library. */
export async function signingNow(place: ServicePlace): Promise<Signing> {
  const discovery = await fetch(`${place.url}/.well-known/openid-configuration`)
  const { jwks_uri: announced } = (await discovery.json()) as { jwks_uri: string }
  const address = new URL(new URL(announced).pathname, place.url)
  const { keys } = (await (await fetch(address)).json()) as { keys: { kid: string }[] }
  const token = await fetchToken(place)
  await jwtVerify(token, createRemoteJWKSet(address))
  const { alg = '', kid = '' } = decodeProtectedHeader(token)
  return { kids: keys.map((key) => key.kid), alg, kid }
}

/** Who may do what with a file, and whether that is all. */
export async function accessOf(place: ServicePlace, path: string) {
  const { closed, aces } = await readDacl(await readServer(place), path)
  return { closed, allowed: Object.fromEntries(aces.map(({ type, sid, mask }) => [`${type} ${sid}`, mask])) }
}

/** For the pool's account to read, and for administrators and Windows. */
export function secretFile(place: ServicePlace, { pool = true } = {}) {
  return {
    closed: true,
    allowed: {
      [`A ${SYSTEM}`]: FULL,
      [`A ${ADMINISTRATORS}`]: FULL,
      ...(pool ? { [`A ${poolSid(place.pool)}`]: READ } : {}),
    },
  }
}

/** A file as it is: bytes and the time of its last change. */
export async function asItIs(path: string) {
  const [bytes, { mtimeMs }] = await Promise.all([readFile(path), stat(path)])
  return { bytes: bytes.toString('base64'), mtimeMs }
}

/** What has to be there again when a replacement is taken back: every byte and access list, and the key in use. */
export async function standing(place: ServicePlace) {
  // With the next call of a tool the simulated volume forgets the access lists of files that are gone.
  await listPools(machineOf(place))
  return { ...(await everything(place)), signing: await signingNow(place) }
}
