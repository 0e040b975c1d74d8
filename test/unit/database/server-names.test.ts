import { describe, expect, it } from 'vitest'
import { parseConnectionString } from '../../../electron/database/connection/connection-string.ts'
import { problemsIn } from '../../../electron/database/connection/problems.ts'
import { mssqlSettings } from '../../../electron/database/sql-server/settings.ts'
import { Secret } from '../../../electron/secrets/secret.ts'

const text = (server: string): string => `Data Source=${server};Initial Catalog=d;User ID=u;Password=p`
const problems = (server: string) => problemsIn(parseConnectionString(text(server), 'MsSqlServer'))

describe('servers of SQL Server', () => {
  it.each([
    ['.', 'localhost', undefined, 1433],
    ['(local)', 'localhost', undefined, 1433],
    ['(LOCAL)\\SQLEXPRESS', 'localhost', 'SQLEXPRESS', 1433],
    ['localhost\\SQLEXPRESS,1433', 'localhost', undefined, 1433],
    ['srv\\MSSQLSERVER,1444', 'srv', undefined, 1444],
    ['srv\\,1444', 'srv', undefined, 1444],
    ['tcp:srv\\inst', 'srv', 'inst', 1433],
    ['TCP: srv , 1444 ', 'srv', undefined, 1444],
    ['tcp:[2001:db8::7],1444', '2001:db8::7', undefined, 1444],
    ['srv \\ inst', 'srv', 'inst', 1433],
  ])('%s is %s %s %i', (server, host, instance, port) => {
    expect(problems(server)).toEqual([])
    const settings = mssqlSettings({ connectionString: new Secret(text(server)) })
    expect({ host: settings.host, instance: settings.instance, port: settings.port }).toEqual({
      host,
      instance,
      port,
    })
  })

  it.each([
    ['srv\\\\inst', /more than one backslash/, /one backslash/],
    ['srv\\\\inst,1433', /more than one backslash/, /one backslash/],
    ['srv\\', /No name of an instance/, /take the backslash out/],
    ['srv\\ ', /No name of an instance/, /take the backslash out/],
    ['srv\\MSSQLSERVER', /default instance/, /Enter the server as srv, without/],
    ['tcp:srv\\mssqlserver', /default instance/, /Enter the server as srv, without/],
    ['np:\\\\.\\pipe\\sql\\query', /named pipe/, /TCP\/IP/],
    ['np:srv', /named pipe/, /TCP\/IP/],
    ['admin:srv', /emergencies/, /without admin/],
    ['lpc:.', /shared memory/, /TCP\/IP/],
    ['(localdb)\\MSSQLLocalDB', /LocalDB/, /SQLEXPRESS/],
    ['srv:1433', /colon/, /comma/],
    ['srv,x', /not a port/, /number/],
    ['srv,0', /0 is not a TCP port/, /1 to 65535/],
    ['srv,70000', /70000 is not a TCP port/, /1 to 65535/],
  ])('%s is refused', (server, what, next) => {
    const found = problems(server)
    expect(found).toHaveLength(1)
    expect(found[0]!.what).toMatch(what)
    expect(found[0]!.next).toMatch(next)
  })
})

describe('servers of PostgreSQL', () => {
  const found = (server: string) =>
    problemsIn(parseConnectionString(`Host=${server};Database=d;Username=u;Password=p`, 'PostgreSQL'))

  it.each(['db', '::1', '[::1]', '[::1]:5432', 'db:5433', '2001:db8::7', 'db.example.com.'])(
    '%s is taken',
    (server) => expect(found(server)).toEqual([]),
  )

  it.each(['a,b', 'a:1,b:2', '/var/run/postgresql', '@socket', 'db:x', '[::1]:x', 'db:'])(
    '%s is refused',
    (server) => expect(found(server).map(({ code }) => code)).toEqual(['database.server-name']),
  )
})
