import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { grantIn } from '../../../build/windows/grant.ts'
import { serverIn } from '../../../build/windows/server.ts'
import { administratorSql, loginSql, setupArguments } from '../../../build/windows/sql-server-setup.ts'
import { answersFor } from '../../../build/windows/variants.ts'
import { commandLine } from '../command-line/command-line.ts'
import { workFolder, type Work } from './scripts.ts'

vi.setConfig({ testTimeout: 180_000, hookTimeout: 120_000 })

let work: Work
beforeAll(async () => void (work = await workFolder()))
afterAll(() => work.clean())

test('the SQL for the login of the pool is found in what the program prints', async () => {
  const server = await serverIn(work.folder, true)
  const connection = join(work.folder, 'integrated.connection')
  await writeFile(connection, 'Data Source=localhost,1;Initial Catalog=identity;Integrated Security=SSPI')
  const answers = answersFor(server, {
    variant: 'http',
    name: 'Workflow-integrated',
    archive: work.archive,
    httpPort: 29_998,
    httpsPort: 29_997,
    database: {
      from: 'connection-string',
      provider: 'MsSqlServer',
      connectionString: `file:${connection}`,
    },
  })
  const file = join(work.folder, 'integrated.json')
  await writeFile(file, JSON.stringify(answers))
  // No SQL Server listens there: the prerequisites are looked at, and nothing is changed.
  const { exitCode, stdout } = await commandLine(['apply', file, '--json'], { state: work.state })
  expect(exitCode).toBe(3)
  const sql = grantIn(stdout)
  expect(sql).toContain('CREATE LOGIN [IIS APPPOOL\\Workflow-integrated] FROM WINDOWS')
  expect(sql).toContain('USE [identity];')
})

test('without that check in it, it is said', () => {
  expect(() => grantIn('{"type":"run-started"}\nno JSON')).toThrow('offered no SQL')
})

test('no password stands in the arguments of the installation, and those of a login are quoted', () => {
  expect(setupArguments().join(' ')).not.toMatch(/PWD|PASSWORD/i)
  expect(loginSql('identity', "o'brien]", "it's")).toBe(
    "CREATE LOGIN [o'brien]]] WITH PASSWORD = N'it''s', CHECK_POLICY = OFF;\n" +
      "ALTER AUTHORIZATION ON DATABASE::[identity] TO [o'brien]]];",
  )
  expect(administratorSql("o'brien]", "it's")).toBe(
    "CREATE LOGIN [o'brien]]] WITH PASSWORD = N'it''s', CHECK_POLICY = OFF;\n" +
      "ALTER SERVER ROLE [sysadmin] ADD MEMBER [o'brien]]];",
  )
})
