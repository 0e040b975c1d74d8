// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseCheck } from '../../../electron/checks/prerequisites/database.ts'
import type { Answers } from '../../../electron/contract/answers.ts'
import { takeBackRun } from '../../../electron/hosts/session/take-back.ts'
import { practiceSiteScript } from '../../../electron/hosts/session/scripts.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { stopPracticeSites } from '../../../electron/practice/windows/machine.ts'
import { interruptedRuns } from '../../../electron/setup/journal.ts'
import { freePort } from '../../free-port.ts'
import { startServer, type TestServer } from '../database/fixtures.ts'
import { iisAnswers, IisLife, inIisPlace, machineIn, type IisPlace } from '../iis/iis-place.ts'
import { nothing } from '../run/file-run.ts'

const BOSS = 'Canary-boss_4711'
const SERVED = { siteScript: practiceSiteScript, demonstration: true }
const TIMEOUT_MS = 120_000
/** Of the websites that nobody really serves here. */
const HTTP = await freePort()

let server: TestServer
let names = 0

beforeAll(async () => {
  server = await startServer()
  await server.sql(`create role boss login createdb createrole password '${BOSS}'`)
  await server.sql(`create role clerk login password '${BOSS}'`)
})

afterAll(() => server.remove())

/** Answers that ask for a database and a login that nobody has. */
function answersFor(place: IisPlace, more: Partial<Extract<Answers['database'], { from: 'new' }>> = {}) {
  const name = `service${++names}`
  const database = {
    from: 'new' as const,
    provider: 'PostgreSQL' as const,
    server: server.host,
    port: server.port,
    database: name,
    user: `${name}_login`,
    password: 'generate',
    administrator: { user: 'boss', password: 'vault:administrator' },
    ...more,
  }
  const website = { http: { port: HTTP }, development: true }
  return { answers: { ...iisAnswers(place, website), database }, database }
}

/** The waits of the simulated server pass as they do: a login takes its time. */
function serverIn(place: IisPlace): Machine {
  return { ...machineIn(place), clock: realMachine().clock }
}

function lifeIn(place: IisPlace, machine = serverIn(place), left?: readonly string[]): IisLife {
  const life = new IisLife(machine, place, left)
  life.session.vault.put('administrator', BOSS)
  return life
}

async function rows(sql: string, database = server.database): Promise<readonly Record<string, unknown>[]> {
  const { host, port, user, password } = server
  const client = new pg.Client({ host, port, user, password: password.open(), database })
  await client.connect()
  return client.query<Record<string, unknown>>(sql).then(
    (result) => client.end().then(() => result.rows),
    (error: unknown) =>
      client.end().then(() => {
        throw error
      }),
  )
}

/** Which of the two are there. */
async function there({ database, user }: { database: string; user: string }): Promise<string> {
  const found = await rows(`
    select 'database' as what from pg_database where datname = '${database}'
    union all select 'login' from pg_roles where rolname = '${user}' order by 1`)
  return found.map(({ what }) => what).join(' and ')
}

/** Everything that this program keeps of its runs. */
async function kept({ stateFolder }: IisPlace): Promise<string> {
  const all = await readdir(stateFolder, { recursive: true, withFileTypes: true })
  const files = all.filter((entry) => entry.isFile())
  const texts = await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))
  return texts.join('\n')
}

/** A process that ends before it could note that the database is going to be made. */
function diesBeforeDatabase(machine: Machine): Machine {
  const { files } = machine
  let dead = false
  const append: typeof files.append = async (path, text, options) => {
    dead ||= String(text).includes('"part":"database"')
    if (dead) throw new Error('The process has ended.')
    return files.append(path, text, options)
  }
  return { ...machine, files: { ...files, append } }
}

test(
  'a database of its own: made, used by a service that is really served, kept when the same is asked again, dropped',
  () =>
    inIisPlace(nothing, SERVED, async (place) => {
      const machine = machineIn(place, SERVED)
      const { answers, database } = answersFor(place)
      const wanted = {
        ...answers,
        website: { ...answers.website!, http: { port: await freePort() }, development: true },
      }
      try {
        const life = lifeIn(place, machine, [])
        const prepared = await life.prepare(wanted)
        const [first] = life.session.view(prepared, await life.session.inspect(prepared)).steps
        expect(first).toMatchObject({ id: 'create-database', found: 'absent', group: 'database' })
        expect(first!.sql.join('\n')).toMatch(/CREATE ROLE .*PASSWORD '\[hidden\]'/)
        const password = prepared.facts.newDatabase!.generated!
        expect(password.open()).toHaveLength(32)
        const run = await life.run(wanted, prepared)
        expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
        expect(
          await rows('select "ClientId" as id from "Clients" order by 1', database.database),
        ).toContainEqual({
          id: 'Identity12345678',
        })
        // The password stands in the settings, and nowhere that this program keeps.
        expect(await readFile(join(place.target, 'appsettings.json'), 'utf8')).toContain(password.open())
        const state = await kept(place)
        expect(state).toContain('create-database')
        for (const secret of [BOSS, password.open()]) expect(state).not.toContain(secret)

        const again = lifeIn(place, machine, [])
        const second = await again.prepare(wanted)
        expect(second.facts.newDatabase).toMatchObject({ made: { login: true, database: true } })
        expect(second.facts.newDatabase!.generated).toBeUndefined()
        expect(second.facts.newDatabase!.password.equals(password)).toBe(true)
        expect(second.plan.untouched.join(' ')).toContain(
          'the client Identity12345678 of an earlier installation',
        )
        expect(await databaseCheck.look({ ...second, ...second.facts, machine })).toMatchObject({
          status: 'passed',
        })
        const repeated = await again.run(wanted, second)
        expect([await repeated.go(), repeated.view.failure]).toEqual(['as-wanted', undefined])

        expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
        expect(await there(database)).toBe('')
      } finally {
        await stopPracticeSites(machine, place.server)
      }
    }),
  TIMEOUT_MS,
)

test(
  'what somebody else made is refused before anything is changed',
  () =>
    inIisPlace(nothing, {}, async (place) => {
      const theirs = answersFor(place)
      await server.sql(`create database ${theirs.database.database}`)
      const login = answersFor(place)
      await server.sql(`create role ${login.database.user} login password 'theirs'`)
      for (const [{ answers, database }, left] of [
        [theirs, 'database'],
        [login, 'login'],
      ] as const) {
        const life = lifeIn(place)
        const prepared = await life.prepare(answers)
        expect((await life.session.inspect(prepared)).get('create-database')).toMatchObject({
          state: 'foreign',
        })
        expect(
          await databaseCheck.look({ ...prepared, ...prepared.facts, machine: life.machine }),
        ).toMatchObject({
          status: 'failed',
          summary: expect.stringContaining('and this setup did not make it'),
        })
        const run = await life.run(answers, prepared)
        expect(await run.go()).toBe('failed')
        expect(run.view.failure!.problem.code).toBe('step.foreign')
        expect(run.view.steps.slice(1).every(({ state }) => state === 'waiting')).toBe(true)
        expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
        expect(await there(database)).toBe(left)
      }
    }),
  TIMEOUT_MS,
)

test(
  'an administrator without rights, or with another password, makes nothing',
  () =>
    inIisPlace(nothing, {}, async (place) => {
      for (const [user, password, code] of [
        ['clerk', BOSS, 'database.administrator'],
        ['boss', 'Canary-wrong_1', 'database.open'],
      ] as const) {
        const { answers, database } = answersFor(place, {
          administrator: { user, password: 'vault:administrator' },
        })
        const life = lifeIn(place)
        life.session.vault.put('administrator', password)
        const prepared = await life.prepare(answers)
        const found = await databaseCheck.look({ ...prepared, ...prepared.facts, machine: life.machine })
        expect(found.status).toBe('failed')
        expect(
          (await life.session.inspect(prepared)).get('create-database')!.evidence.length,
        ).toBeGreaterThan(1)
        const run = await life.run(answers, prepared)
        expect(await run.go()).toBe('failed')
        expect(run.view.failure!.problem.code).toBe(code)
        expect(await there(database)).toBe('')
        const said = JSON.stringify([found, run.view])
        expect(said).not.toContain(password)
        await run.rollBack()
      }
    }),
  TIMEOUT_MS,
)

test(
  'ended between login and database: the same answers go on with it, and take all of it back',
  () =>
    inIisPlace(nothing, {}, async (place) => {
      const { answers, database } = answersFor(place)
      const dying = lifeIn(place, diesBeforeDatabase(serverIn(place)))
      await (await dying.run(answers)).go()
      expect(await there(database)).toBe('login')

      const next = lifeIn(place)
      const prepared = await next.prepare(answers)
      expect(prepared.facts.newDatabase!.made).toEqual({ login: true, database: false })
      expect((await next.session.inspect(prepared)).get('create-database')).toMatchObject({
        state: 'differs',
      })
      expect(
        await databaseCheck.look({ ...prepared, ...prepared.facts, machine: next.machine }),
      ).toMatchObject({
        status: 'passed',
      })
      const run = await next.run(answers, prepared)
      expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
      expect(await there(database)).toBe('database and login')
      expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
      expect(await there(database)).toBe('')
    }),
  TIMEOUT_MS,
)

test(
  'where only the journal is left, database and login stay, and the SQL for the administrator is said',
  () =>
    inIisPlace(nothing, {}, async (place) => {
      const { answers, database } = answersFor(place)
      await (await lifeIn(place, diesBeforeDatabase(serverIn(place))).run(answers)).go()
      const later = new IisLife(serverIn(place), place)
      const [journal] = (await interruptedRuns(later.machine, place.stateFolder)).journals
      const back = await takeBackRun(later.session, journal!, () => {})
      expect(await back.rollBack()).toBe('undo-failed')
      expect(back.view.undoFailures).toMatchObject([
        {
          problem: {
            code: 'database.undo-needs-administrator',
            details: [`DROP ROLE "${database.user}";`],
          },
        },
      ])
      expect(await there(database)).toBe('login')

      // Where the answers' reference leads to the password again, it goes.
      const run = await takeBackRun(lifeIn(place).session, journal!, () => {})
      expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
      expect(await there(database)).toBe('')
    }),
  TIMEOUT_MS,
)

test(
  'a database with somebody else’s table in it stays, and why is said',
  () =>
    inIisPlace(nothing, {}, async (place) => {
      const { answers, database } = answersFor(place)
      const run = await lifeIn(place).run(answers)
      expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
      await server.sql('create table public.theirs (x int)', database.database)
      expect(await run.rollBack()).toBe('undo-failed')
      expect(run.view.undoFailures[0]!.problem).toMatchObject({
        code: 'database.not-dropped',
        what: expect.stringContaining('tables that are not the service’s'),
      })
      expect(await there(database)).toBe('database and login')
      await server.sql('drop table public.theirs', database.database)
      expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
      expect(await there(database)).toBe('')
    }),
  TIMEOUT_MS,
)
