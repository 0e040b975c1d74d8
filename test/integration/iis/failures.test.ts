import { copyFile, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CheckReport } from '../../../electron/contract/check.ts'
import { problemOf } from '../../../electron/contract/problem.ts'
import { proveInstallation } from '../../../electron/hosts/session/proof.ts'
import { practiceSiteScript } from '../../../electron/hosts/session/scripts.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { startPostgres, stopPostgres, type Postgres } from '../../../electron/practice/postgres.ts'
import { element } from '../../../electron/practice/windows/configuration/element.ts'
import { stopPracticeSites } from '../../../electron/practice/windows/machine.ts'
import type { ServerState } from '../../../electron/practice/windows/state.ts'
import { isServing } from '../../../electron/practice/windows/websites.ts'
import { installationIn, type Installation } from '../../../electron/service/installation.ts'
import { DiagnosedError } from '../../../electron/setup/step.ts'
import { awaitService, type AwaitInput } from '../../../electron/steps/await-service.ts'
import { freePort } from '../../free-port.ts'
import { nothing } from '../run/file-run.ts'
import {
  changeServer,
  iisAnswers,
  IisLife,
  LOCAL_ACCOUNT,
  machineIn,
  makeIisPlace,
  readServer,
  SECRETS,
  type IisPlace,
} from './iis-place.ts'

const SITE = 'IDServiceWebsite'
const POOL = 'IDServicePool'
const PATIENCE_MS = 6000
const ports = [await freePort(), await freePort()]

let place: IisPlace
let remove: () => Promise<void>
let postgres: Postgres
let machine: Machine
let life: IisLife
let input: AwaitInput
let installation: Installation

/** A real database, a real installation by all its steps, really served by the simulated IIS. */
beforeAll(async () => {
  const options = { siteScript: practiceSiteScript, demonstration: true }
  const made = await makeIisPlace(nothing, options)
  place = made.place
  remove = made.remove
  postgres = await startPostgres({ folder: join(place.root, 'postgres'), log: () => {} })
  machine = machineIn(place, options)
  life = new IisLife(machine, place, [])
  life.session.vault.put('database', postgres.connectionString.open())
  const answers = iisAnswers(place, {
    identity: { account: 'SpecificUser', user: LOCAL_ACCOUNT, password: 'vault:pool' },
    https: { port: ports[0]!, certificate: { from: 'self-signed' } },
    http: { port: ports[1]! },
  })
  const { publicUrl: _, ...local } = answers
  const prepared = await life.prepare({ ...local, logging: { level: 'Warning', stdout: true } })
  input = prepared.plan.steps.find(({ id }) => id === 'await-service')!.input as AwaitInput
  const run = await life.run(local, prepared)
  expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
  installation = await installationIn(machine, place.stateFolder, place.target)
}, 120_000)

afterAll(async () => {
  await stopPracticeSites(realMachine(), place.server)
  await stopPostgres(join(place.root, 'postgres'))
  await rm(postgres.folder, { recursive: true, force: true })
  await remove()
})

interface Broken {
  /** Breaks the server; gives back what mends it beside the state, which is put back by itself. */
  readonly how: () => Promise<(() => Promise<unknown>) | undefined>
  /** Of the diagnosis, or of the problem where the answer itself says what is wrong. */
  readonly id: string
  /** A part of the raw evidence. */
  readonly shows: RegExp
}

const inState = (work: (state: ServerState) => void) => async () => {
  await changeServer(place, work)
  return undefined
}
const pool = ({ iis }: ServerState) => iis.pools.find(({ attributes }) => attributes['name'] === POOL)!
const file = (name: string) => join(place.target, name)

/** The list that only administrators get in. */
const closed = (name: string) => async () => {
  const { ino } = await stat(file(name))
  await changeServer(place, (state) => {
    state.acl[file(name)] = 'D:PAI(A;;FA;;;SY)(A;;FA;;;BA)'
    state.runtime.aclFiles = { ...state.runtime.aclFiles, [file(name)]: ino }
  })
  return undefined
}

const edited = (name: string, edit: (text: string) => string) => async () => {
  const before = await readFile(file(name), 'utf8')
  expect(edit(before)).not.toBe(before)
  await writeFile(file(name), edit(before))
  return () => writeFile(file(name), before)
}

const boundTo = (friendlyName: string) =>
  inState((state) => {
    const { thumbprint } = state.certificates.find((each) => each.friendlyName === friendlyName)!
    state.sslBindings[0]!.hash = thumbprint.toLowerCase()
  })

const BROKEN: Readonly<Record<string, Broken>> = {
  'the module is missing': {
    async how() {
      await changeServer(place, (state) => {
        state.module = null
        state.iis.modules = state.iis.modules.filter(({ name }) => name !== 'AspNetCoreModuleV2')
      })
      const module = join(
        machine.windows!.programFiles,
        'IIS',
        'Asp.Net Core Module',
        'V2',
        'aspnetcorev2.dll',
      )
      await rename(module, `${module}.away`)
      return () => rename(`${module}.away`, module)
    },
    id: 'iis.module-missing',
    shows: /500\.19 \(0x8007000d\)/,
  },
  'the hosting bundle came before IIS': {
    how: inState((state) => {
      state.module!.registered = false
      state.iis.modules = state.iis.modules.filter(({ name }) => name !== 'AspNetCoreModuleV2')
    }),
    id: 'iis.module-before-iis',
    shows: /500\.19 \(0x8007000d\)/,
  },
  'the runtime is missing': {
    how: inState((state) => {
      state.runtimes = { 'Microsoft.NETCore.App': ['6.0.36'], 'Microsoft.AspNetCore.App': ['6.0.36'] }
    }),
    id: 'runtime.missing',
    shows: /500\.31/,
  },
  'the services of IIS are stopped': {
    how: inState((state) => {
      for (const service of Object.values(state.services)) service.status = 'stopped'
    }),
    id: 'iis.services-stopped',
    shows: /Application pool: Unknown/,
  },
  'the website is stopped': {
    how: inState(({ iis }) => void (iis.siteStates[SITE] = 'Stopped')),
    id: 'iis.site-stopped',
    shows: /Website: Stopped/,
  },
  'the pool is stopped': {
    how: inState(({ iis }) => void (iis.poolStates[POOL] = 'Stopped')),
    id: 'iis.pool-stopped',
    shows: /Application pool: Stopped/,
  },
  'the password of the account was changed': {
    how: inState((state) => {
      state.users = state.users.map((user) =>
        user.kind === 'local' ? { ...user, passwordHash: 'ab'.repeat(32) } : user,
      )
    }),
    id: 'iis.pool-identity',
    shows: /Event 50\d\d/,
  },
  'the account may no longer log on as a batch job': {
    how: inState(({ privileges }) => void (privileges['SeDenyBatchLogonRight'] = ['S-1-5-32-568'])),
    id: 'iis.pool-batch-right',
    shows: /Event 50\d\d/,
  },
  'the pool may not read the PFX file': {
    how: closed('openssl.pfx'),
    id: 'certificate.unreadable',
    shows: /500\.30/,
  },
  'the pool may not read the settings': {
    how: closed('appsettings.json'),
    id: 'file.denied',
    shows: /appsettings\.json/,
  },
  'the pool may not read web.config': {
    how: closed('web.config'),
    id: 'iis.web-config-denied',
    shows: /500\.19 \(0x80070005\)/,
  },
  'Load User Profile is off': {
    how: inState((state) => {
      pool(state).elements['processModel']!.attributes['loadUserProfile'] = 'false'
    }),
    id: 'iis.user-profile',
    shows: /500\.30/,
  },
  'the pool runs 32-bit programs': {
    how: inState((state) => void (pool(state).attributes['enable32BitAppOnWin64'] = 'true')),
    id: 'iis.bitness',
    shows: /500\.32/,
  },
  'another ASP.NET Core application is in the pool': {
    how: inState(({ iis }) => {
      const other = structuredClone(iis.sites.find(({ attributes }) => attributes['name'] === SITE)!)
      other.attributes['name'] = 'Other'
      other.attributes['id'] = '0'
      other.elements['bindings'] = {
        ...element(),
        items: [element({ protocol: 'http', bindingInformation: '*:1:other' })],
      }
      iis.sites.push(other)
      iis.siteStates['Other'] = 'Started'
      iis.foreignSites.push('Other')
    }),
    id: 'iis.pool-shared',
    shows: /500\.35/,
  },
  'web.config is missing': {
    async how() {
      await rename(file('web.config'), file('web.config.away'))
      return () => rename(file('web.config.away'), file('web.config'))
    },
    id: 'iis.web-config-missing',
    shows: /404\.0/,
  },
  'web.config is not whole': {
    how: edited('web.config', (text) => text.slice(0, -20)),
    id: 'iis.web-config-malformed',
    shows: /500\.19 \(0x8007000d\)/,
  },
  'the PFX file is missing': {
    async how() {
      await rename(file('openssl.pfx'), file('openssl.pfx.away'))
      return async () => {
        await copyFile(file('openssl.pfx.away'), file('openssl.pfx'))
        await rm(file('openssl.pfx.away'))
      }
    },
    id: 'certificate.missing',
    shows: /openssl\.pfx|500\.30/,
  },
  'the database is down': {
    async how() {
      await stopPostgres(join(place.root, 'postgres'))
      return () => startPostgres({ folder: join(place.root, 'postgres'), log: () => {} })
    },
    id: 'database.unreachable',
    shows: /127\.0\.0\.1|500\.30/,
  },
  'the password in the connection string is wrong': {
    how: edited('appsettings.json', (text) => text.replace(/Password=[^;"]+/i, 'Password=wrong')),
    id: 'database.wrong-password',
    shows: /500\.30/,
  },
  'the settings are not whole': {
    how: edited('appsettings.json', (text) => text.slice(0, -20)),
    id: 'settings.not-json',
    shows: /500\.30/,
  },
  'another certificate is bound': {
    how: boundTo('Practice: another name'),
    id: 'discovery.tls',
    shows: /certificate/,
  },
  'an expired certificate is bound': {
    how: boundTo('Practice: expired'),
    id: 'discovery.tls',
    shows: /certificate/,
  },
}

/** What the step that waits for the service says; the code of its problem where there is no diagnosis. */
async function said() {
  const context = {
    machine,
    log: () => {},
    progress: () => {},
    backupFolder: '',
    willUndo: async () => {},
    signal: new AbortController().signal,
    wrote: async () => {},
  }
  try {
    await awaitService.apply({ ...input, patienceMs: PATIENCE_MS }, context)
  } catch (error) {
    const problem = problemOf(error)
    if (!(error instanceof DiagnosedError)) return { id: problem.code, problem, raw: JSON.stringify(problem) }
    const { id, cause, remedy, evidence } = error.diagnosis
    const raw = evidence.map(({ label, value }) => `${label}: ${value}`).join('\n')
    return { id, cause, remedy, raw, problem }
  }
  return { id: 'it answers', raw: '', problem: undefined }
}

async function proofs(): Promise<readonly CheckReport[]> {
  return proveInstallation(life.session, installation)
}

/** What a restart of the pool does: the service reads everything again. */
async function recycle(): Promise<void> {
  await changeServer(place, ({ runtime, iis }) => {
    runtime.recycled[POOL] = (runtime.recycled[POOL] ?? 0) + 1
    iis.poolStates[POOL] = iis.poolStates[POOL] ?? 'Started'
  })
  await followed()
}

/** The process that serves the site reads all else with each request; its ports it opens and closes a moment later. */
async function followed(): Promise<void> {
  const state = await readServer(place)
  const started = isServing(state) && state.iis.siteStates[SITE] === 'Started'
  for (const port of ports) await expect.poll(() => accepts(port)).toBe(started)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('error', () => resolve(false))
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
  })
}

test('what was set up is proven', async () => {
  expect((await proofs()).map(({ id, status }) => `${id} ${status}`)).toEqual(
    ['discovery', 'keys', 'tables', 'client', 'token'].map((id) => expect.stringContaining(id)),
  )
  expect((await proofs()).filter(({ status }) => status !== 'passed')).toEqual([])
})

test.each(Object.entries(BROKEN))(
  '%s: the setup and the proof name this one cause, its remedy and what shows it',
  async (_, { how, id, shows }) => {
    const before = await readServer(place)
    const mend = await how()
    try {
      await recycle()
      const told = await said()
      expect([told.id, told.raw]).toEqual([id, expect.stringMatching(shows)])
      const discovery = (await proofs())[0]!
      expect(discovery.status).toBe('failed')
      expect(discovery.remedy!.text).toMatch(/^[A-Z]/)
      // The proof starts from the settings, and says by itself when they are not whole.
      const own = discovery.id === 'proof.settings' ? /is not JSON/ : /certificate/
      if (told.cause === undefined || discovery.id === 'proof.settings')
        expect([discovery.cause, discovery.summary].join(' ')).toMatch(own)
      else expect(discovery.cause).toContain(told.cause)
      const all = JSON.stringify([told, discovery])
      for (const secret of [SECRETS.pool, SECRETS.client, postgres.password.open()])
        expect(all.includes(secret)).toBe(false)
    } finally {
      await mend?.()
      // Each recycling counts up: the site's process would take a number that comes again for one it knows.
      await changeServer(place, (state) => {
        const runtime = { ...before.runtime, recycled: state.runtime.recycled }
        Object.assign(state, before, { events: [], runtime })
      })
      await recycle()
    }
  },
  120_000,
)

test('mended, it is proven again; no log of the service holds a secret', async () => {
  const names = (await readdir(file('logs'))).filter((name) => name.endsWith('.log'))
  expect(names.length).toBeGreaterThan(5)
  const logs = (await Promise.all(names.map((name) => readFile(join(file('logs'), name), 'utf8')))).join('\n')
  for (const secret of [SECRETS.pool, SECRETS.client, postgres.password.open()])
    expect(logs.includes(secret)).toBe(false)
  expect((await said()).id).toBe('it answers')
  expect((await proofs()).filter(({ status }) => status !== 'passed')).toEqual([])
})
