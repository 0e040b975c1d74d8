import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addClient, answerTo, type Client, clientIn, clientRows } from './support/clients.ts'
import { docker, engineOrLeftOut } from './support/docker.ts'
import { DockerSetup, type Installation } from './support/docker-setup.ts'
import { filesHolding } from './support/secrets.ts'
import { TokenLoad } from './support/token-load.ts'

/**
 * One after the other: the client of one installation is changed again and again. The service has a database of its
 * own there, whose login has just the rights that the setup gave it.
 */

const engine = await engineOrLeftOut('change-client')
/** Password of an administrator who may make databases and logins, and no more. */
const BOSS = 'Canary-boss.4711'
const PROOFS = ['Discovery document', 'Tables', 'Client row', 'Signing key', 'Token']
const CREATIOS: Client = { id: 'ClientOfCreatio1', secret: 'Canary-secret.of_Creatio-4711.xyz' }

let setup: DockerSetup
let installation: Installation
let database: string
let login: string

describe.skipIf(!engine)('the client of an installed service', () => {
  beforeAll(async () => {
    setup = await DockerSetup.start()
    installation = await setup.installation()
    database = `${installation.name}-own`
    login = `${installation.name}-login`
  })
  afterAll(() => setup?.stop())

  async function mustRun(args: readonly string[], code = 0, options: Options = {}): Promise<string> {
    const ended = await installation.run(args, options)
    expect(ended.code, ended.output).toBe(code)
    return ended.output
  }
  type Options = Parameters<Installation['run']>[1]

  const change = (...wishes: readonly string[]) => {
    const { target } = installation
    return ['client', 'change', '--target', target, ...wishes]
  }
  const undo = () => mustRun(['undo', '--target', installation.target])
  const own = () => clientIn(installation.target)
  const says = (client: Client) => answerTo({ url: installation.url, client })
  const sql = (text: string) => setup.sql(text, database)
  const startedAt = () => docker('inspect', '-f', '{{.Id}} {{.State.StartedAt}}', installation.name)
  const record = () => {
    const folder = join(installation.state, 'installations')
    return readdir(folder).then(([name]) => readFile(join(folder, name!), 'utf8'))
  }

  /** Everything that has to be there again once a change is taken back. */
  async function standing(): Promise<unknown> {
    return {
      rows: await clientRows(setup, database),
      settings: await readFile(join(installation.target, 'appsettings.json'), 'utf8'),
      record: await record(),
      container: (await startedAt()).split(' ')[0],
      answers: await Promise.all([await own(), CREATIOS].map(says)),
    }
  }

  it('is made with a database of the service’s own, by a login that has just its rights there', async () => {
    const role = `create role boss login createdb createrole password '${BOSS}'`
    await setup.sql(role, setup.database.database)
    const { host, port } = setup.database
    const file = await installation.answers({
      container: { restart: 'unless-stopped' },
      database: {
        from: 'new',
        provider: 'PostgreSQL',
        server: host,
        port,
        database,
        user: login,
        password: 'generate',
        administrator: { user: 'boss', password: 'env:BOSS' },
      },
    })
    const output = await mustRun(['apply', file], 0, { env: { BOSS }, watchFor: [BOSS] })
    for (const proof of PROOFS) expect(output).toContain(`✔ passed   ${proof}`)

    const [rights] = await sql(
      `select rolsuper, rolcreatedb, rolcreaterole, rolreplication,
         (select string_agg(distinct tableowner, ',') from pg_tables where schemaname = 'public') as owner
       from pg_roles where rolname = '${login}'`,
    )
    expect(rights).toEqual({
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
      rolreplication: false,
      owner: login,
    })
    expect(await filesHolding(installation.state, [BOSS])).toEqual([])
    await addClient(setup, database, CREATIOS)
    expect(await says(CREATIOS)).toEqual(['get_service_info'])
  })

  it('gets another ID and secret while a client of Creatio’s fetches tokens, and comes back by undo', async () => {
    const [former, before] = [await own(), await standing()]
    const secret = `canary.${installation.name}`.padEnd(32, '-')
    const load = new TokenLoad({ url: installation.url, client: CREATIOS })
    const wishes = ['--id', 'generate', '--secret', 'env:NEW_SECRET']
    const options = { env: { NEW_SECRET: secret }, watchFor: [secret, former.secret] }
    const output = await mustRun(change(...wishes), 0, options)
    const { tokens, longestMs } = await load.stop()
    expect(tokens).toBeGreaterThan(0)

    const client = await own()
    expect(client.secret).toBe(secret)
    expect(client.id).toHaveLength(16)
    expect(client.id).not.toBe(former.id)
    expect(await Promise.all([client, former, CREATIOS].map(says))).toEqual([
      expect.arrayContaining(['IdentityServerApi', 'find_clients']),
      'invalid_client',
      ['get_service_info'],
    ])
    expect(output).toContain(`${client.id} gets a token`)
    expect(longestMs).toBeLessThan(60_000)
    const clients = await sql(`select "ClientId" as id from "Clients" order by 1`)
    expect(clients.map(({ id }) => id)).toEqual([client.id, CREATIOS.id, 'bpmonline-designer'].toSorted())
    const container = { container: (await startedAt()).split(' ')[0] }
    expect(before).toMatchObject(container)
    expect(JSON.parse(await record())).toMatchObject({ clientId: client.id })
    expect(await mustRun(['verify', '--target', installation.target])).toContain('✔ passed   Token')

    const [kept, ...more] = await filesHolding(installation.state, [`"clientId": "${former.id}",\n  "key"`])
    expect(more).toEqual([])
    expect((await stat(kept!)).mode & 0o777).toBe(0o600)
    expect(JSON.parse(await readFile(kept!, 'utf8'))).toMatchObject({ clientId: former.id })
    expect(await filesHolding(installation.state, [secret])).toEqual([])
    expect(await filesHolding(join(kept!, '..'), [former.secret])).toHaveLength(1)

    await undo()
    expect(await standing()).toEqual(before)
    expect(await Promise.all([former, client].map(says))).toEqual([expect.any(Array), 'invalid_client'])
  })

  it('keeps its ID with another secret, then all but its scopes; each is taken back by itself', async () => {
    const [former, first] = [await own(), await standing()]
    await mustRun(change('--secret', 'generate'))
    const client = await own()
    expect(client.id).toBe(former.id)
    expect(await Promise.all([client, former].map(says))).toEqual([expect.any(Array), 'invalid_client'])

    const second = await standing()
    await mustRun(change('--scopes', 'IdentityServerApi,find_clients'))
    expect(await own()).toEqual(client)
    expect(await says(client)).toEqual(['IdentityServerApi', 'find_clients'])
    const snapshot = await installation.snapshot()
    const again = await mustRun(change('--scopes', 'find_clients,IdentityServerApi'))
    expect(again).toContain('Everything is as wanted; nothing was changed')
    expect(await installation.snapshot()).toEqual(snapshot)

    await undo()
    expect(await standing()).toEqual(second)
    await undo()
    expect(await standing()).toEqual(first)
  })

  it('comes back by itself when the database lets the service make no new one', async () => {
    // What the former client lacks can be refused to the new one without refusing that the former comes back.
    await sql(`delete from "ClientProperties"; revoke insert on "ClientProperties" from "${login}"`)
    const before = await standing()
    const output = await mustRun(change('--id', 'generate', '--secret', 'generate'), 1)
    expect(output).toContain('permission denied for table ClientProperties')
    expect(output).toContain('Taken back; everything is as it was')
    expect(output).toContain('gets a token as before')
    expect(await standing()).toEqual(before)
    await sql(`grant insert on "ClientProperties" to "${login}"`)
  })

  it('is whole again by the same command when the program is killed between the removal and the restart', async () => {
    const [former, before, started] = [await own(), await standing(), await startedAt()]
    const wishes = change('--id', 'generate', '--secret', 'generate')
    const killed = await installation.run(wishes, { killAt: '▸ Restart the service with the new client' })
    expect(killed.code, killed.output).toBeNull()
    expect(await startedAt()).toBe(started)
    const client = await own()
    expect(client.id).not.toBe(former.id)
    const rows = await sql(`select "ClientId" as id from "Clients" where "ClientName" = 'Creatio'`)
    expect(rows).toEqual([])
    expect(await Promise.all([client, former, CREATIOS].map(says))).toEqual([
      'invalid_client',
      'invalid_client',
      ['get_service_info'],
    ])

    expect(await mustRun(wishes)).toContain(`${client.id} gets a token`)
    expect(await own()).toEqual(client)
    expect(await Promise.all([client, former].map(says))).toEqual([expect.any(Array), 'invalid_client'])
    await undo()
    expect(await standing()).toEqual(before)
  })

  it('goes with everything else when the installation is taken back; database and login by their administrator', async () => {
    const output = await mustRun(['undo', '--target', installation.target], 1)
    expect(output).toContain(`DROP DATABASE "${database}"`)
    expect(await installation.traces()).toEqual([])
    expect(await left()).toEqual([database, login].toSorted())
    await mustRun(['undo', '--target', installation.target], 0, { env: { BOSS }, watchFor: [BOSS] })
    expect(await left()).toEqual([])
  })

  async function left(): Promise<readonly string[]> {
    const found = await setup.sql(
      `select datname as name from pg_database where datname = '${database}'
       union all select rolname from pg_roles where rolname = '${login}'`,
      setup.database.database,
    )
    return found.map(({ name }) => String(name)).toSorted()
  }
})
