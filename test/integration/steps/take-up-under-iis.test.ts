import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createSigningCertificate } from '../../../electron/certificate/signing.ts'
import { practiceSiteScript } from '../../../electron/hosts/session/scripts.ts'
import { readPool, stopPool } from '../../../electron/iis/pools.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startPostgres, stopPostgres, type Postgres } from '../../../electron/practice/postgres.ts'
import { stopPracticeSites } from '../../../electron/practice/windows/machine.ts'
import { installationIn } from '../../../electron/service/installation.ts'
import type { ApplyContext } from '../../../electron/setup/step.ts'
import { restartCreatio } from '../../../electron/steps/restart-creatio.ts'
import { takeUpCertificate, type TakeUpInput } from '../../../electron/steps/take-up-certificate.ts'
import { freePort } from '../../free-port.ts'
import { iisAnswers, IisLife, machineIn, makeIisPlace, readServer, type IisPlace } from '../iis/iis-place.ts'
import { nothing } from '../run/file-run.ts'

const CREATIO = 'CreatioPool'

let place: IisPlace
let remove: () => Promise<void>
let postgres: Postgres
let machine: Machine
let input: TakeUpInput
let former: Uint8Array
let pool: string

/** A real database and an installation by all its steps, really served by the simulated IIS. */
beforeAll(async () => {
  const options = { siteScript: practiceSiteScript, demonstration: true }
  ;({ place, remove } = await makeIisPlace(nothing, options))
  postgres = await startPostgres({ folder: join(place.root, 'postgres'), log: () => {} })
  machine = machineIn(place, options)
  const life = new IisLife(machine, place, [])
  life.session.vault.put('database', postgres.connectionString.open())
  const { publicUrl: _, ...answers } = iisAnswers(place, {
    http: { port: await freePort() },
    development: true,
  })
  const run = await life.run(answers)
  expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
  const installation = await installationIn(machine, place.stateFolder, place.target)
  const { website, localUrl, pfx, settings, clientId } = installation
  pool = website!.pool
  input = {
    place: {
      kind: 'website',
      site: website!.site,
      pool,
      folder: place.target,
      stdoutLog: website!.stdoutLog,
    },
    restart: { how: 'recycle-pool' },
    localUrl,
    pfx,
    settings,
    clientId,
    patienceMs: 20_000,
  }
  former = await readFile(pfx)
  await appcmd('add', 'apppool', `/name:${CREATIO}`)
}, 120_000)

afterAll(async () => {
  await stopPracticeSites(realMachine(), place.server)
  await stopPostgres(join(place.root, 'postgres'))
  await rm(postgres.folder, { recursive: true, force: true })
  await remove()
})

/** In its place, so that its access list stays. */
const put = (pfx: Uint8Array) => writeFile(input.pfx, pfx)

let records: unknown[]
beforeEach(async () => {
  records = []
  await put(former)
})

async function appcmd(...args: string[]): Promise<void> {
  const command = join(machine.windows!.windows, 'System32', 'inetsrv', 'appcmd.exe')
  expect((await machine.processes.run({ command, args })).exitCode).toBe(0)
}

async function recycled(name: string): Promise<number> {
  return Number((await readServer(place)).runtime.recycled?.[name] ?? 0)
}

function context<Undo>(): ApplyContext<Undo> {
  return {
    machine,
    log: () => {},
    progress: () => {},
    signal: new AbortController().signal,
    backupFolder: join(place.root, 'backup'),
    willUndo: async (record) => void records.push(JSON.parse(JSON.stringify(record))),
    wrote: async () => {},
  }
}

type TakeUpRecord = Parameters<typeof takeUpCertificate.undo>[0]

test('a recycled pool signs with the new key, and with the former one again when that is taken back', async () => {
  expect(await takeUpCertificate.inspect(input, context())).toMatchObject({ state: 'as-wanted' })
  const made = await createSigningCertificate({ now: new Date(), random: machine.random })
  await put(made.pfx)
  expect(await takeUpCertificate.inspect(input, context())).toMatchObject({ state: 'differs' })
  expect(await takeUpCertificate.apply(input, context())).toMatch(
    new RegExp(
      `^Signs with ${made.thumbprint}RS256 after \\d+\\.\\d s; (tokens could|for \\d+\\.\\d s no token)`,
    ),
  )
  expect(await takeUpCertificate.verify(input, context())).toContain('signs a token')

  const [record] = records as [TakeUpRecord]
  await takeUpCertificate.undo(record, context())
  expect((await readPool(machine, pool))?.state).toBe('Stopped')
  await put(former)
  expect(await takeUpCertificate.settle!(record, context())).toMatch(
    /runs again and signs with [0-9A-F]{40}RS256\.$/,
  )
  expect(await takeUpCertificate.inspect(input, context())).toMatchObject({ state: 'as-wanted' })
})

test('a stopped service is started to prove it, and is stopped again when that is taken back', async () => {
  await stopPool(machine, pool)
  const made = await createSigningCertificate({ now: new Date(), random: machine.random })
  await put(made.pfx)
  expect(await takeUpCertificate.apply(input, context())).toContain(
    'before the restart no token could be fetched',
  )
  const [record] = records as [TakeUpRecord]
  await takeUpCertificate.undo(record, context())
  await put(former)
  expect(await takeUpCertificate.settle!(record, context())).toContain('did not run and stays stopped')
  expect((await readPool(machine, pool))?.state).toBe('Stopped')
})

test('Creatio’s pool is recycled, and once more when the former key is back; a stopped one stays stopped', async () => {
  const creatio = { pool: CREATIO }
  const before = await recycled(CREATIO)
  expect(await restartCreatio.inspect(creatio, context())).toMatchObject({ state: 'as-wanted' })
  expect(await restartCreatio.apply(creatio, context())).toBe(
    `Creatio’s application pool ${CREATIO} is restarted.`,
  )
  expect(await recycled(CREATIO)).not.toBe(before)
  const once = await recycled(CREATIO)
  await restartCreatio.undo(creatio, context())
  expect(await recycled(CREATIO)).toBe(once)
  await restartCreatio.settle!(creatio, context())
  expect(await recycled(CREATIO)).not.toBe(once)

  records = []
  await stopPool(machine, CREATIO)
  expect((await restartCreatio.inspect(creatio, context())).evidence[0]).toContain('is stopped')
  expect(await restartCreatio.apply(creatio, context())).toContain('stays so')
  expect(records).toEqual([])
  expect((await readPool(machine, CREATIO))?.state).toBe('Stopped')
})

test('a pool of Creatio that is not there is told before anything is restarted', async () => {
  await expect(restartCreatio.inspect({ pool: 'NoSuchPool' }, context())).rejects.toMatchObject({
    problem: { code: 'creatio.not-found' },
  })
})
