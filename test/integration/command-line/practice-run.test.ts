import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setInterval } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import type { RunEvent } from '../../../electron/contract/run.ts'
import { practiceWindowsFolder } from '../../../electron/hosts/session/practice-machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { practiceState } from '../../../electron/practice/windows/machine.ts'
import { configurationText } from '../../../electron/practice/windows/store.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { readClients } from '../../../electron/service/clients.ts'
import { patchSettings } from '../../../electron/service/settings-patch.ts'
import { freePort } from '../../free-port.ts'
import { practiceData, removeShelteredData } from '../../sheltered-data.ts'
import { commandLine, type Call } from './command-line.ts'

/** Exactly 32 characters, and one of each kind that some format on the way has to escape. */
const CLIENT_SECRET = 'Kn4-"\\&<>;={}\'%+/ ü€😀#$-canary-'
/** A name and an id with everything that is allowed, and a folder that is long, with spaces and not of this alphabet. */
const NAME = 'Größe "A" \\ ; = {0} \' <b> 😀 عربي'
const ID = `id-"\\;'={}-😀-12`
const LONG = ['Служба идентификации', 'пробел и ü', 'l'.repeat(120), 'm'.repeat(120)]

/** Some tests are a series of commands, each a process that starts others. */
vi.setConfig({ testTimeout: 240_000 })

let root: string
let state: string
let target: string
let answersFile: string
let report: string

const call = (more: Partial<Call> = {}): Call => ({
  state,
  env: { CANARY_CLIENT: CLIENT_SECRET, ...more.env },
  ...(more.onLine ? { onLine: more.onLine } : {}),
})

async function example(): Promise<Answers> {
  const { stdout } = await commandLine(['answers', '--hosting', 'practice'], { state })
  return JSON.parse(stdout) as Answers
}

/** Answers with a port of their own, and outside the first file with a website of their own too. */
async function answers(change: (example: Answers) => Answers, name = 'answers'): Promise<string> {
  const file = join(root, `${name}.json`)
  const from = await example()
  const http = { port: await freePort() }
  const own = name === 'answers' ? {} : { site: `${name} site`, pool: `${name} pool` }
  const website = { ...from.website!, ...own, http }
  await writeFile(file, JSON.stringify(change({ ...from, website }), undefined, 2))
  return file
}

/** Everything of the simulated server that a roll-back has to bring back. */
const configuration = () =>
  practiceState(realMachine(), practiceWindowsFolder(state)).change(async (now) => configurationText(now))

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'command-line-'))
  state = join(root, 'state')
  target = join(root, ...LONG, 'Identity Service')
  report = join(root, 'report.html')
  await mkdir(join(root, ...LONG), { recursive: true })
  answersFile = await answers((from) => ({
    ...from,
    service: { target },
    // Characters that OAuth does not know of are taken when that is said.
    client: { id: ID, name: NAME, secret: 'env:CANARY_CLIENT', useAnyway: true },
    certificate: { ...from.certificate, subject: 'CN=Identität \\"7\\" 😀, O=عربي' },
  }))
})

afterAll(async () => {
  const { exitCode } = await commandLine(['practice', 'stop'], call())
  await rm(root, { recursive: true, force: true })
  await removeShelteredData(practiceData(state))
  expect(exitCode).toBe(0)
})

/** What of the given texts a text holds, in any spelling a redactor knows. */
function leaks(text: string, secrets: readonly string[]): boolean {
  const redactor = new Redactor()
  redactor.register(...secrets.map((secret) => new Secret(secret)))
  return redactor.redact(text) !== text
}

/** Every file below a folder, but for the database's own. */
async function filesBelow(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const paths = names.filter((name) => !/postgres[/\\]data/.test(name)).map((name) => join(folder, name))
  const kinds = await Promise.all(paths.map(async (path) => (await stat(path)).isFile()))
  return paths.filter((_, at) => kinds[at])
}

async function contents(folder: string): Promise<Record<string, string>> {
  const files = await filesBelow(folder)
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file, (await readFile(file)).toString('latin1')])),
  )
}

/** The command lines of all processes of this machine, as everybody on it can read them. */
async function commandLines(): Promise<string> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const read = ids.map((id) => readFile(join('/proc', id, 'cmdline'), 'utf8').catch(() => ''))
  return (await Promise.all(read)).join('\n')
}

async function databasePassword(): Promise<string> {
  const config = await readFile(join(state, 'practice', 'Creatio', 'ConnectionStrings.config'), 'utf8')
  return /Password=([^;]+);/.exec(config)![1]!
}

test('plan shows every step and changes nothing', async () => {
  const { exitCode, stdout, stderr } = await commandLine(['plan', answersFile], call())
  expect(stderr).toBe('')
  expect(exitCode).toBe(0)
  expect(stdout).toContain('2. Extract the archive (9 files) – to be done')
  expect(stdout).toContain('[hidden]')
  expect(leaks(stdout, [CLIENT_SECRET, await databasePassword()])).toBe(false)
  expect(await readdir(join(root, ...LONG))).toEqual([])
})

test('apply installs and proves; the secrets are in no log, report, journal or process argument', async () => {
  const watched: string[] = []
  const watch = new AbortController()
  const watching = (async () => {
    for await (const _ of setInterval(20, undefined, { signal: watch.signal }))
      watched.push(await commandLines())
  })().catch(() => {})
  const told = await commandLine(['apply', answersFile, '--json', '--report', report], call())
  watch.abort()
  await watching
  expect(told.stderr).toBe('')
  expect(told.exitCode).toBe(0)
  const events = told.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as RunEvent)
  expect(events.filter(({ type }) => type === 'run-finished')).toMatchObject([{ outcome: 'done' }])
  const proofs = events
    .flatMap((event) => (event.type === 'check' ? [event.check] : []))
    .filter(({ id }) => id.startsWith('proof'))
  expect(proofs.map(({ id, status }) => `${id} ${status}`).toSorted()).toEqual(
    ['client', 'discovery', 'keys', 'tables', 'token'].map((id) => `proof.${id} passed`),
  )

  const settings = await readFile(join(target, 'appsettings.json'))
  const client = readClients(settings).find(({ id }) => id === ID)!
  expect([client.name, client.secrets[0]!.open()]).toEqual([NAME, CLIENT_SECRET])

  const secrets = [CLIENT_SECRET, await databasePassword()]
  const everything = { ...(await contents(state)), ...(await contents(root)) }
  const holders = Object.keys(everything).filter((file) =>
    leaks(Buffer.from(everything[file]!, 'latin1').toString(), secrets),
  )
  expect(holders.toSorted()).toEqual(
    [
      join(target, 'appsettings.json'),
      join(state, 'practice', 'Creatio', 'ConnectionStrings.config'),
      ...holders.filter((file) => file.startsWith(join(state, 'practice', 'postgres', 'settings'))),
    ].toSorted(),
  )
  expect(Object.keys(everything)).toEqual(expect.arrayContaining([report, join(root, 'report.json')]))
  expect(leaks(told.stdout, secrets)).toBe(false)
  expect(watched.length).toBeGreaterThan(5)
  expect(leaks(watched.join('\n'), secrets)).toBe(false)
})

test('the same answers again change no byte and leave no journal', async () => {
  const before = {
    ...(await contents(target)),
    ...(await contents(join(state, 'runs'))),
    ...(await contents(join(state, 'installations'))),
    configuration: await configuration(),
  }
  const { exitCode, stdout } = await commandLine(['apply', answersFile], call())
  expect(exitCode).toBe(0)
  expect(stdout).toContain('nothing was changed')
  expect({
    ...(await contents(target)),
    ...(await contents(join(state, 'runs'))),
    ...(await contents(join(state, 'installations'))),
    configuration: await configuration(),
  }).toEqual(before)
})

test('verify proves it; without its PFX, with a wrong secret, without its settings it says why not', async () => {
  expect((await commandLine(['verify', '--target', target], call())).exitCode).toBe(0)
  const pfx = join(target, 'openssl.pfx')
  await rename(pfx, `${pfx}.away`)
  const noPfx = await commandLine(['verify', answersFile], call())
  await rename(`${pfx}.away`, pfx)
  expect(noPfx.exitCode).toBe(1)
  expect(noPfx.stdout).toMatch(/failed\s+Signing key: The PFX of this installation is not there\./)

  const settings = join(target, 'appsettings.json')
  await rename(settings, `${settings}.away`)
  const noSettings = await commandLine(['verify', answersFile], call())
  await rename(`${settings}.away`, settings)
  expect(noSettings.exitCode).toBe(1)
  expect(noSettings.stdout).toContain('The settings of this installation are not there.')

  const other = 'X'.repeat(31) + '1'
  const written = await readFile(settings)
  const client = { id: ID, name: NAME, secret: new Secret(other) }
  await writeFile(settings, patchSettings(written, { client }))
  const wrong = await commandLine(['verify', answersFile], call())
  await writeFile(settings, written)
  expect(wrong.exitCode).toBe(1)
  expect(wrong.stdout).toContain('The secret of this installation is not the one stored for the client.')
  expect(wrong.stdout).not.toContain(other)

  // The database has the client with the secret that it was made with, so another one is refused at once.
  const refused = await commandLine(['apply', answersFile], call({ env: { CANARY_CLIENT: other } }))
  expect(refused.exitCode).toBe(2)
  expect(refused.stderr).toContain(`The database has a client “${ID}” already, with another secret.`)
  expect(refused.stderr).not.toContain(other)
  expect((await readFile(settings)).equals(written)).toBe(true)
  expect((await commandLine(['apply', answersFile], call())).exitCode).toBe(0)
})

test('a service that does not start is diagnosed and taken back: exit 1, and everything is as it was', async () => {
  const elsewhere = join(root, 'second')
  const file = await answers((from) => ({ ...from, service: { target: elsewhere } }), 'second')
  // .NET, and the practice service with it, reads settings from the environment too.
  const env = { X509CertificatePath: '/nowhere/missing.pfx' }
  const before = await configuration()
  const undone = await commandLine(['apply', file], call({ env }))
  expect(undone.exitCode).toBe(1)
  expect(undone.stderr).toContain('The service ended while it was starting.')
  expect(undone.stderr).toMatch(/Cause: .+/)
  expect(undone.stdout).toContain('Taken back; everything is as it was')
  expect(await readdir(root)).not.toContain('second')
  expect(await configuration()).toBe(before)

  const left = await commandLine(['apply', file, '--on-failure', 'stop'], call({ env }))
  expect(left.exitCode).toBe(1)
  expect(await readdir(elsewhere)).toContain('openssl.pfx')
  const pfx = await readFile(join(elsewhere, 'openssl.pfx'))
  // The website keeps the environment that it was started in until it ends.
  expect((await commandLine(['practice', 'stop'], call())).exitCode).toBe(0)
  const resumed = await commandLine(['apply', file], call())
  expect(resumed.stderr).toBe('')
  expect(resumed.exitCode).toBe(0)
  expect(await readFile(join(elsewhere, 'openssl.pfx'))).toEqual(pfx)
})

test('logging is switched on and off again, with its level; its plan changes nothing', async () => {
  const before = await contents(target)
  const switched = (...args: string[]) => commandLine(['logging', ...args, '--target', target], call())
  const plan = await switched('on', '--level', 'Trace', '--plan')
  expect([plan.exitCode, plan.stderr]).toEqual([0, ''])
  expect(plan.stdout).toContain('stdoutLogEnabled="true"')
  expect(await contents(target)).toEqual(before)

  const on = await switched('on', '--level', 'Trace')
  expect([on.exitCode, on.stderr]).toEqual([0, ''])
  expect(await readFile(join(target, 'web.config'), 'utf8')).toContain('stdoutLogEnabled="true"')
  expect(await readFile(join(target, 'appsettings.json'), 'utf8')).toMatch(/"Default": "Trace"/)
  expect((await commandLine(['verify', '--target', target], call())).exitCode).toBe(0)

  const off = await switched('off')
  expect([off.exitCode, off.stderr]).toEqual([0, ''])
  const { [join(target, 'web.config')]: config, [join(target, 'appsettings.json')]: settings } =
    await contents(target)
  expect(config).toBe(before[join(target, 'web.config')])
  expect(settings).toBe(before[join(target, 'appsettings.json')])
  const told = [plan, on, off].map(({ stdout, stderr }) => stdout + stderr).join()
  expect(leaks(told, [CLIENT_SECRET, await databasePassword()])).toBe(false)
})

test('without administrator rights the plan is shown and not carried out: exit 3, and how to get them', async () => {
  const elsewhere = join(root, 'fourth')
  const file = await answers((from) => ({ ...from, service: { target: elsewhere } }), 'fourth')
  const setElevated = (elevated: boolean) =>
    practiceState(realMachine(), practiceWindowsFolder(state)).change(async (now) => {
      now.token = { ...now.token, elevated }
    })
  await setElevated(false)
  const before = await configuration()
  const plan = await commandLine(['plan', file], call())
  const refused = await commandLine(['apply', file], call())
  const after = await configuration()
  await setElevated(true)
  expect([plan.exitCode, plan.stderr]).toEqual([0, ''])
  expect(plan.stdout).toContain('to be looked at by an administrator')
  expect([refused.exitCode, refused.stdout]).toEqual([3, ''])
  expect(refused.stderr).toContain('“Run as administrator”')
  expect(refused.stderr).toContain('Nothing was changed.')
  expect(after).toBe(before)
  expect(await readdir(root)).not.toContain('fourth')
})

test('Ctrl+C stops after the current step with exit 4; the same command goes on', async () => {
  const file = await answers((from) => ({ ...from, service: { target: join(root, 'third') } }), 'third')
  const onLine = (line: string, interrupt: () => void) => void (line.includes('▸ Extract') && interrupt())
  const stopped = await commandLine(['apply', file], call({ onLine }))
  expect(stopped.exitCode).toBe(4)
  expect(stopped.stdout).toContain('Stopped; the same command goes on from here')
  const resumed = await commandLine(['apply', file], call())
  expect(resumed.stderr).toBe('')
  expect(resumed.exitCode).toBe(0)
})

test('inspect says what it reads, and refuses with exit 3', async () => {
  const archive = await commandLine(['inspect', join(state, 'practice', 'IdentityService.zip')], call())
  expect([archive.exitCode, archive.stdout]).toEqual([0, expect.stringContaining('Runtime')])
  const settings = await commandLine(['inspect', join(target, 'appsettings.json'), '--json'], call())
  expect(settings.exitCode).toBe(0)
  expect(leaks(settings.stdout, [CLIENT_SECRET, await databasePassword()])).toBe(false)
  await writeFile(join(root, 'nonsense.bin'), 'nothing of the service')
  const other = await commandLine(['inspect', join(root, 'nonsense.bin')], call())
  expect([other.exitCode, other.stderr]).toEqual([3, expect.stringMatching(/✖ .+\n.*Next: /s)])
})
