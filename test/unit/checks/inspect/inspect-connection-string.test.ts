import { describe, expect, it } from 'vitest'
import {
  inspectConnectionString,
  type InspectConnectionStringOptions,
} from '../../../../electron/checks/inspect/inspect-connection-string.ts'
import { Secret } from '../../../../electron/secrets/secret.ts'

const inspect = (text: string, options?: InspectConnectionStringOptions) =>
  inspectConnectionString(new Secret(text), options)

describe('inspecting a connection string', () => {
  it('shows the parts and what would be written, without the password', async () => {
    const seen = await inspect(
      'Data Source=srv,1444; Initial Catalog=creatio; User ID=app; Password=canary-9; Async = true',
    )
    expect(seen.refusals).toEqual([])
    expect(seen.facts).toEqual(
      expect.arrayContaining([
        { label: 'Database system', value: 'SQL Server' },
        { label: 'Server', value: 'srv' },
        { label: 'Port', value: '1444' },
        { label: 'Database', value: 'creatio' },
        { label: 'User', value: 'app' },
        { label: 'Password', value: '[hidden]' },
        {
          label: 'Written for the service',
          value: 'Data Source=srv,1444; Initial Catalog=creatio; User ID=app; Password=[hidden]; ',
        },
      ]),
    )
    expect(seen.facts.filter(({ label }) => label === 'Note').map(({ value }) => value)).toContainEqual(
      expect.stringContaining('“Async” is left out'),
    )
    expect(JSON.stringify(seen)).not.toContain('canary')
  })

  it('refuses what the driver would refuse, and warns of what is unwise', async () => {
    const seen = await inspect('Host=db;Database=d;Username=u;Password=p;Timeout=0;Pooling=perhaps')
    expect(seen.refusals).toMatchObject([
      { code: 'database.keyword', next: expect.stringContaining('True or False') },
    ])
    expect(seen.warnings).toEqual([expect.stringContaining('waits without end')])
  })

  it('asks for the database where the keywords do not tell it', async () => {
    const text = 'Server=srv;Database=d;User ID=u;Password=p'
    expect((await inspect(text)).refusals).toMatchObject([{ code: 'database.unknown-provider' }])
    expect((await inspect(text, { provider: 'PostgreSQL' })).refusals).toEqual([])
  })

  it('judges by the drivers of the build', async () => {
    const text = 'Host=db;Database=d;Username=u;Password=p;SSL Mode=Require'
    expect((await inspect(text, { drivers: { npgsql: '8.0.3' } })).refusals).toEqual([])
    expect((await inspect(text, { drivers: { npgsql: '6.0.11' } })).refusals).toMatchObject([
      { next: expect.stringContaining('Trust Server Certificate=True') },
    ])
  })

  it('says where an unreadable text is broken, and nothing of it', async () => {
    const seen = await inspect(`Host=db;Password='canary`)
    expect(seen.facts).toEqual([])
    expect(seen.refusals).toMatchObject([{ code: 'database.connection-string', where: { column: 18 } }])
    expect(JSON.stringify(seen)).not.toContain('canary')
  })

  it('says that Oracle is of no use', async () => {
    const seen = await inspect('Data Source=(DESCRIPTION=(ADDRESS=x));User Id=u;Password=p')
    expect(seen.refusals.map(({ code }) => code)).toContain('database.oracle')
  })
})
