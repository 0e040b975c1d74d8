// oxlint-disable-next-line import/no-unassigned-import -- it replaces what makes keys before anything else is loaded
import '../quick-certificates.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import type { ClientRows } from '../../../electron/database/identity-database.ts'
import { openDatabase } from '../../../electron/database/open-database.ts'
import { secretMatches } from '../../../electron/database/secret-matches.ts'
import type { DatabaseTarget } from '../../../electron/database/target.ts'
import { practiceSiteScript } from '../../../electron/hosts/session/scripts.ts'
import type { Machine } from '../../../electron/machine/machine.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { stopPracticeSites } from '../../../electron/practice/windows/machine.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { freePort } from '../../free-port.ts'
import { startServer, type TestServer } from '../database/fixtures.ts'
import { iisAnswers, IisLife, inIisPlace, machineIn, SECRETS, type IisPlace } from '../iis/iis-place.ts'
import { nothing } from '../run/file-run.ts'

const SERVED = { siteScript: practiceSiteScript, demonstration: true }
const ID = 'Identity12345678'
const OTHER_SECRET = 'Another_client_0123456789-abcdef'

let server: TestServer
let target: DatabaseTarget

beforeAll(async () => {
  server = await startServer()
  await server.sql(`create role owner login password 'right'; alter database creatio owner to owner`)
  target = { provider: 'PostgreSQL', connectionString: server.as('owner', 'right') }
})

afterAll(() => server.remove())

function lifeIn(place: IisPlace, machine: Machine): IisLife {
  const life = new IisLife(machine, place, [])
  life.session.vault.put('database', target.connectionString.open())
  return life
}

async function rowsOf(id: string): Promise<ClientRows | undefined> {
  const database = await openDatabase(realMachine(), target)
  return database.rowsOf(id).finally(() => database.close())
}

async function secretsOf(id: string): Promise<readonly string[]> {
  const database = await openDatabase(realMachine(), target)
  const client = await database.client(id).finally(() => database.close())
  const known = { [SECRETS.client]: 'first', [OTHER_SECRET]: 'other' }
  const stored = client?.secrets.map(({ value }) => value) ?? []
  return stored.map(
    (hash) => Object.entries(known).find(([secret]) => secretMatches(new Secret(secret), hash))?.[1] ?? '?',
  )
}

test(
  'a client that the database has with another secret: refused, then replaced, then brought back as it was',
  () =>
    inIisPlace(nothing, SERVED, async (place) => {
      const machine = machineIn(place, SERVED)
      const website = { http: { port: await freePort() }, development: true }
      const answers: Answers = iisAnswers(place, website)
      try {
        // An earlier service leaves its client behind.
        const first = await lifeIn(place, machine).run(answers)
        expect([await first.go(), first.view.failure]).toEqual(['done', undefined])
        expect(await first.rollBack()).toBe('undone')
        const before = await rowsOf(ID)
        expect(await secretsOf(ID)).toEqual(['first'])

        const life = lifeIn(place, machine)
        life.session.vault.put('client', OTHER_SECRET)
        expect(await life.tryToPrepare(answers)).toMatchObject({
          problems: [{ code: 'client.differs', where: { path: 'client.secret' } }],
        })

        const replacing = { ...answers, client: { ...answers.client, replaceExisting: true } }
        const prepared = await life.prepare(replacing)
        const view = life.session.view(prepared, await life.session.inspect(prepared))
        const removal = view.steps.find(({ id }) => id === 'remove-client')!
        expect(removal).toMatchObject({ found: 'differs', group: 'database' })
        expect(removal.sql.at(-2)).toMatch(/^delete from "Clients" where "Id" = \d+;/)
        const run = await life.run(replacing, prepared)
        expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
        expect(await secretsOf(ID)).toEqual(['other'])

        const again = await life.prepare(replacing)
        expect(again.plan.steps.some(({ id }) => id === 'remove-client')).toBe(false)
        const repeated = await life.run(replacing, again)
        expect(await repeated.go()).toBe('as-wanted')

        expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
        expect(await rowsOf(ID)).toEqual(before)

        // Another id comes beside it, which is said.
        const beside = { ...answers, client: { ...answers.client, id: 'Identity87654321' } }
        const { plan } = await life.prepare(beside)
        const warning = plan.warnings.find(({ code }) => code === 'database.other-service')
        expect(warning?.what).toContain(ID)
      } finally {
        await stopPracticeSites(machine, place.server)
      }
    }),
  120_000,
)
