import { describe, expect, it } from 'vitest'
import { clientCheck } from '../../../../electron/checks/proof/client.ts'
import { tablesCheck } from '../../../../electron/checks/proof/tables.ts'
import { allTables, look, row, SECRET } from './service-world.ts'

describe('the tables', () => {
  it('pass when all are there', async () => {
    expect(await (await look(tablesCheck)).finding).toEqual({
      status: 'passed',
      summary: '2 tables are there.',
      evidence: [
        { label: 'Tables', value: 'Clients, ClientScopes' },
        { label: 'Clients', value: '1' },
      ],
    })
  })

  it('fail when there are none: the service uses another database, or could not make them', async () => {
    const tables = { version: 'none', present: [], missing: ['Clients'] } as const
    expect(await (await look(tablesCheck, { tables })).finding).toMatchObject({
      status: 'failed',
      summary: 'The service has made no tables in this database.',
      evidence: [
        { label: 'Tables', value: 'none' },
        { label: 'Missing', value: 'Clients' },
      ],
      remedy: { text: expect.stringMatching(/^Compare the connection string/) },
    })
  })

  it('warn when some are missing', async () => {
    const tables = { ...allTables, version: 'partly', missing: ['ClientSecrets'] } as const
    expect(await (await look(tablesCheck, { tables })).finding).toMatchObject({
      status: 'warning',
      summary: 'Of 3 tables 2 are there.',
      remedy: { text: expect.stringMatching(/^Read the log/) },
    })
  })
})

describe('the client', () => {
  it('passes when its secret is the stored one, which is not shown', async () => {
    const finding = await (await look(clientCheck)).finding
    expect(finding).toEqual({
      status: 'passed',
      summary: 'The client is there, and its secret matches the stored hash.',
      evidence: [
        { label: 'ClientId', value: row.clientId },
        { label: 'Secret', value: 'equal to the stored hash' },
        { label: 'Grant types', value: 'client_credentials' },
        { label: 'Scopes', value: 'IdentityServerApi, register_own_resource' },
      ],
    })
    expect(JSON.stringify(finding)).not.toContain(SECRET.open())
    expect(JSON.stringify(finding)).not.toContain(row.secrets[0]!.value)
  })

  it('passes when one of several secrets is the stored one', async () => {
    const secrets = [{ type: 'SharedSecret', value: 'b3RoZXI=', expiration: null }, ...row.secrets]
    expect(await (await look(clientCheck, { client: { ...row, secrets } })).finding).toMatchObject({
      status: 'passed',
    })
  })

  it('warns when there is no secret to be compared, and still fails for what the row itself says', async () => {
    const known = { id: row.clientId }
    const finding = await (await look(clientCheck, { known })).finding
    expect(finding).toMatchObject({ status: 'warning', summary: expect.stringContaining('not compared') })
    expect(finding.evidence!.map(({ label }) => label)).not.toContain('Secret')
    const disabled = { ...row, enabled: false }
    expect(await (await look(clientCheck, { known, client: disabled })).finding).toMatchObject({
      status: 'failed',
      summary: 'The client is disabled.',
    })
  })

  it('is none of a service whose settings name no client', async () => {
    expect(await (await look(clientCheck, { known: { id: '' } })).finding).toMatchObject({
      status: 'not-applicable',
    })
  })

  it('fails when there is no such client', async () => {
    expect(await (await look(clientCheck, { client: 'none' })).finding).toMatchObject({
      status: 'failed',
      summary: `There is no client ${row.clientId} in the table Clients.`,
      remedy: { text: expect.stringMatching(/^Restart the service/) },
    })
  })

  it.each([
    ['is disabled', { enabled: false }, 'The client is disabled.', /^Set Enabled/],
    [
      'has another secret',
      { secrets: [{ type: 'SharedSecret', value: 'b3RoZXI=', expiration: null }] },
      'The secret of this installation is not the one stored for the client.',
      /^Change the client/,
    ],
    [
      'has no secret',
      { secrets: [] },
      'The secret of this installation is not the one stored for the client.',
      /^Change the client/,
    ],
    [
      'may not use the grant',
      { grantTypes: ['implicit'] },
      'The client may not use client_credentials.',
      /^Change the client/,
    ],
  ])('fails when it %s', async (_, change, summary, remedy) => {
    expect(await (await look(clientCheck, { client: { ...row, ...change } })).finding).toMatchObject({
      status: 'failed',
      summary,
      remedy: { text: expect.stringMatching(remedy) },
    })
  })
})
