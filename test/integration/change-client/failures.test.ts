import { readFile, writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { ChangeClientAnswers } from '../../../electron/contract/answers.ts'
import type { Command, Machine } from '../../../electron/machine/machine.ts'
import type { ArmedFault } from '../../../electron/practice/windows/state.ts'
import { changeServer, readServer } from '../iis/iis-place.ts'
import { machineOf, makeServicePlace, type ServicePlace } from '../replace/service-place.ts'
import {
  addClientOfCreatio,
  ChangeLife,
  changeAnswers,
  CREATIOS,
  FORMER,
  gets,
  keptPaths,
  settingsOf,
  sql,
  standing,
  undoNewest,
} from './client-place.ts'

let place: ServicePlace
let before: Awaited<ReturnType<typeof standing>>

beforeAll(async () => {
  place = await makeServicePlace()
  await addClientOfCreatio(place)
  before = await standing(place)
}, 120_000)
afterAll(() => place.remove())
afterEach(async () => {
  while (await undoNewest(place));
  expect(await standing(place)).toEqual(before)
})

/** Carries a change out, which has to fail; what is taken back has to be everything. */
async function failed(machine: Machine = machineOf(place)) {
  const life = new ChangeLife(place, machine)
  const run = await life.run(changeAnswers(place))
  expect(await run.go()).toBe('failed')
  const failure = run.view.failure!
  const meanwhile = await rows()
  expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
  expect(await standing(place)).toEqual(before)
  return { ...failure, meanwhile }
}

const rowIds = () =>
  sql<{ ClientId: string }>(place, `select "ClientId" from "Clients"`).then((all) =>
    all.map((row) => row.ClientId),
  )
const rows = () => sql(place, `select "ClientId" from "Clients" order by 1`).then((all) => all.length)

/** Whenever a row of `table` goes, this happens inside the server. */
async function whenDeleted(table: string, what: string, use: () => Promise<void>): Promise<void> {
  await sql(
    place,
    `create function cut() returns trigger language plpgsql as $$ begin ${what}; return old; end $$;
     create trigger cut before delete on "${table}" for each row execute function cut()`,
  )
  try {
    await use()
  } finally {
    await sql(place, 'drop function cut cascade')
  }
}

/** A machine on which something happens just before a command. */
function justBefore(isIt: (command: Command) => boolean, happen: () => Promise<void>): Machine {
  const machine = machineOf(place)
  let happened = false
  const run = async (command: Command) => {
    if (!happened && isIt(command)) {
      happened = true
      await happen()
    }
    return machine.processes.run(command)
  }
  return { ...machine, processes: { ...machine.processes, run } }
}

const REFUSED: ArmedFault = {
  tool: 'appcmd',
  at: 1,
  matching: 'recycle',
  how: { kind: 'exit', code: 5, stdout: 'ERROR ( message:Access is denied. )' },
}
/** A pool that is not recycled, once. */
const notRecycled = () => changeServer(place, ({ runtime }) => void runtime.faults.push(REFUSED))

const isRestart = ({ args }: Command) => args[0] === 'recycle'

test.each(['ClientScopes', 'ClientSecrets', 'Clients'])(
  'the connection is cut while %s is emptied: nothing is removed, and once it holds the same run completes',
  async (table) => {
    const life = new ChangeLife(place)
    const run = await life.run(changeAnswers(place))
    await whenDeleted(
      table,
      'perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1)',
      async () => {
        expect(await run.go()).toBe('failed')
        expect(run.view.failure).toMatchObject({ step: 'remove-client' })
        // The former client goes on: every row of it is there.
        expect(await gets(place, FORMER)).toBe('a token')
        const { rows: now } = await standing(place)
        expect(now).toEqual(before.rows)
      },
    )
    expect([await run.go(), run.view.failure]).toEqual(['done', undefined])
    expect(await gets(place, FORMER)).toBe('invalid_client')
  },
  120_000,
)

test('a right that is missing: the database’s own words, and nothing is removed', async () => {
  await whenDeleted(
    'ClientSecrets',
    `raise exception using errcode = '42501', message = 'permission denied for table ClientSecrets'`,
    async () => {
      const { step, problem, meanwhile } = await failed()
      expect(step).toBe('remove-client')
      expect(JSON.stringify(problem)).toContain('permission denied for table ClientSecrets')
      expect(meanwhile).toBe(before.rows['Clients']!.length)
    },
  )
})

test('a pool that is not recycled: rows and settings come back, and the former client gets a token', async () => {
  await notRecycled()
  const { step, problem, meanwhile } = await failed()
  expect(step).toBe('take-up-client')
  expect(JSON.stringify(problem)).toContain('Access is denied.')
  expect(meanwhile).toBe(before.rows['Clients']!.length - 1)
})

test('settings whose secret was edited since come back as they were, and nobody asks with it', async () => {
  const file = settingsOf(place)
  const settings = await readFile(file, 'utf8')
  await writeFile(file, settings.replace(FORMER.secret, 'Edited-by-hand.0123456789abcdefg'))
  try {
    const edited = await standing(place)
    await notRecycled()
    const life = new ChangeLife(place)
    const run = await life.run(changeAnswers(place, { secret: 'generate' }))
    expect(await run.go()).toBe('failed')
    expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
    expect(await standing(place)).toEqual(edited)
    expect(run.view.log.map(({ text }) => text).join('\n')).toContain('was not asked for a token')
  } finally {
    await writeFile(file, settings)
  }
})

test('another process that goes on proves that the former secret is refused, too: it has it from the copy', async () => {
  for (const client of [{ id: 'generate', secret: 'generate' }, { secret: 'generate' }] as const) {
    await notRecycled()
    const run = await new ChangeLife(place).run(changeAnswers(place, client))
    expect(await run.go()).toBe('failed')
    const life = new ChangeLife(place)
    const again = await life.run(changeAnswers(place, client))
    expect([await again.go(), again.view.failure]).toEqual(['done', undefined])
    expect(life.summaryOf('take-up-client')).toContain('the former ID and secret get invalid_client')
    expect(await gets(place, FORMER)).toBe('invalid_client')
    while (await undoNewest(place));
  }
}, 90_000)

test('scopes that the service does not have: that is said, and everything comes back', async () => {
  const life = new ChangeLife(place)
  const run = await life.run(changeAnswers(place, { scopes: ['no_such_scope'] }))
  expect(await run.go()).toBe('failed')
  expect(run.view.failure).toMatchObject({
    step: 'take-up-client',
    problem: { code: 'client.scope-unknown' },
  })
  expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
}, 90_000)

test('a file with the former rows that is changed is not put back; the same file again is', async () => {
  await notRecycled()
  const run = await new ChangeLife(place).run(changeAnswers(place))
  expect(await run.go()).toBe('failed')
  const [path] = await keptPaths(place)
  const former = await readFile(path!)
  await writeFile(path!, former.toString().replace(FORMER.id, CREATIOS))
  expect(await run.rollBack()).toBe('undo-failed')
  expect(JSON.stringify(run.view.undoFailures)).toContain('undo.backup-damaged')
  expect(await rowIds()).toContain(CREATIOS)
  await writeFile(path!, former)
  expect([await run.rollBack(), run.view.undoFailures]).toEqual(['undone', []])
}, 90_000)

test('a service that does not start again: its own log tells why, and everything comes back', async () => {
  const lockOut = () =>
    changeServer(place, ({ acl }) => void (acl[place.pfx] = 'D:P(A;;FA;;;SY)(A;;FA;;;BA)'))
  const access = (await readServer(place)).acl[place.pfx]
  const life = new ChangeLife(place, justBefore(isRestart, lockOut))
  const run = await life.run(changeAnswers(place))
  expect(await run.go()).toBe('failed')
  expect(run.view.failure).toMatchObject({ step: 'take-up-client', problem: { code: 'service.ended' } })
  // Taken back while the cause stands: the rows are back, and that the service does not start is said.
  expect(await run.rollBack()).toBe('undo-failed')
  expect(run.view.undoFailures).toMatchObject([{ step: 'take-up-client' }])
  await changeServer(place, ({ acl }) => {
    if (access === undefined) delete acl[place.pfx]
    else acl[place.pfx] = access
  })
  expect([await run.rollBack(), run.view.status]).toEqual(['undone', 'undone'])
}, 120_000)

test('a client that the service has made while the run was interrupted goes again', async () => {
  const life = new ChangeLife(place)
  const prepared = await life.prepare(changeAnswers(place, { id: 'IdServiceUser016', secret: 'generate' }))
  await whenDeleted('Clients', `raise exception 'not yet'`, async () => {
    const run = await life.run(prepared.request as ChangeClientAnswers, prepared)
    expect(await run.go()).toBe('failed')
  })
  // The settings name the new client, the former one still stands, and somebody recycles the pool.
  await new ChangeLife(place).session.machineOf({}).processes.run({
    command: `${machineOf(place).windows!.windows}/System32/inetsrv/appcmd.exe`,
    args: ['recycle', 'apppool', place.pool],
  })
  // A worker process starts with the first question.
  await gets(place, FORMER)
  await expect.poll(() => rows(), { timeout: 20_000 }).toBe(before.rows['Clients']!.length + 1)
})

describe('refused', () => {
  const refusal = async (answers: ChangeClientAnswers, secrets: Record<string, string> = {}) => {
    const result = await new ChangeLife(place, undefined, secrets).tryToPrepare(answers)
    if (!('problems' in result)) throw new Error('It was not refused.')
    return result.problems[0]!
  }

  test('answers that cannot be carried out are refused by their path, and nothing is changed', async () => {
    const cases: readonly (readonly [ChangeClientAnswers['client'], string, string])[] = [
      [{}, 'answers.invalid', 'client'],
      [{ id: 'short' }, 'client.length', 'client.id'],
      [{ id: CREATIOS }, 'client.id-taken', 'client.id'],
      [{ id: 'bpmonline-designer', useAnyway: true }, 'client.id-taken', 'client.id'],
      [{ current: 'NoSuchClient1234', secret: 'generate' }, 'client.unknown', 'client.current'],
      [{ secret: 'vault:short' }, 'client.length', 'client.secret'],
      [{ scopes: ['one', 'one'] }, 'answers.invalid', 'client.scopes'],
    ]
    for (const [client, code, path] of cases)
      expect(await refusal(changeAnswers(place, client), { short: 'short' })).toMatchObject({
        code,
        where: { path },
        untouched: 'Nothing was changed.',
      })
  })

  test('a secret that only a hash is left of cannot stay', async () => {
    const file = settingsOf(place)
    const settings = await readFile(file, 'utf8')
    await writeFile(file, settings.replace(FORMER.secret, 'Edited-by-hand.0123456789abcdefg'))
    try {
      expect(await refusal(changeAnswers(place, { scopes: ['IdentityServerApi'] }))).toMatchObject({
        code: 'client.secret-lost',
        where: { path: 'client.secret' },
      })
    } finally {
      await writeFile(file, settings)
    }
  })

  test('clients that come from a variable of the pool are refused with what to do', async () => {
    const { processes, windows } = machineOf(place)
    const command = `${windows!.windows}/System32/inetsrv/appcmd.exe`
    const variable = (sign: string) =>
      processes.run({
        command,
        args: [
          'set',
          'config',
          '-section:system.applicationHost/applicationPools',
          `/${sign}[name='${place.pool}'].environmentVariables.[name='Clients',value='[]']`,
          '/commit:apphost',
        ],
      })
    expect(await variable('+')).toMatchObject({ exitCode: 0 })
    try {
      expect(await refusal(changeAnswers(place))).toMatchObject({
        code: 'client.in-variable',
        what: expect.stringContaining(place.pool),
        next: expect.stringContaining('appsettings.json'),
      })
    } finally {
      await variable('-')
    }
  })
})
