import { expect, it } from 'vitest'
import { tokenCheck } from '../../../../electron/checks/proof/token.ts'
import { discovery, json, LOCAL, look, row, SECRET, tokenFor } from './service-world.ts'

const TOKEN = `${LOCAL}/connect/token`

it('passes with a token that the published key has signed, and hides it', async () => {
  const { finding, asked, hidden } = await look(tokenCheck, { trust: 'PEM' })
  const found = await finding
  expect(found).toEqual({
    status: 'passed',
    summary: 'A token was given by client_credentials, and its signature is that of the published key.',
    evidence: [
      { label: 'Endpoint', value: TOKEN },
      { label: 'kid', value: 'K1' },
      { label: 'Algorithm', value: 'RS256' },
      { label: 'Scopes', value: 'IdentityServerApi, register_own_resource' },
      { label: 'Valid for', value: '3600 s' },
    ],
  })
  const post = asked.find(({ url }) => url === TOKEN)
  const form = Object.fromEntries(new URLSearchParams(post?.request?.body))
  expect(form).toEqual({
    grant_type: 'client_credentials',
    client_id: row.clientId,
    client_secret: SECRET.open(),
  })
  expect(asked.every(({ request }) => request?.trust?.[0] === 'PEM')).toBe(true)
  expect(hidden).toHaveLength(1)
  expect(JSON.stringify(found)).not.toContain(hidden[0]!.open())
})

it('says which scopes of the client the service leaves out of the token without a word', async () => {
  const client = { ...row, scopes: [...row.scopes, 'openid', 'offline_access', 'register_own_resuorce'] }
  const { finding } = await look(tokenCheck, { client })
  expect(await finding).toMatchObject({
    status: 'warning',
    summary: 'A token was given by client_credentials, but without the scope register_own_resuorce.',
    cause: expect.stringContaining('ApiScopes'),
    evidence: expect.arrayContaining([{ label: 'Scopes left out', value: 'register_own_resuorce' }]),
    remedy: { text: expect.stringMatching(/^Correct the names/) },
  })
})

it('minds no scope of newer builds that an older one does not know, and names it', async () => {
  const { finding } = await look(tokenCheck, {
    client: { ...row, scopes: [...row.scopes, 'generate_auth_code'] },
  })
  expect(await finding).toMatchObject({
    status: 'passed',
    evidence: expect.arrayContaining([{ label: 'Scopes left out', value: 'generate_auth_code' }]),
  })
})

it('judges no scopes where the database has no such client: that is for the check of its row', async () => {
  const { finding } = await look(tokenCheck, { client: 'none' })
  expect(await finding).toMatchObject({ status: 'passed' })
})

it('takes the way of this machine, whatever host the document names', async () => {
  const { finding, asked } = await look(tokenCheck, {
    answers: { [`${LOCAL}/.well-known/openid-configuration`]: discovery('https://identity.example.com') },
  })
  expect(await finding).toMatchObject({ status: 'passed' })
  expect(asked.every(({ url }) => url.startsWith(LOCAL))).toBe(true)
})

it('rejects when the service refuses the secret', async () => {
  const { finding } = await look(tokenCheck, { answers: { [TOKEN]: json({ error: 'invalid_client' }, 400) } })
  await expect(finding).rejects.toMatchObject({ problem: { code: 'token.invalid-client' } })
})

it('rejects a token for another client or signed by another key, and hides it all the same', async () => {
  const wrong = json({ access_token: await tokenFor({ client_id: 'other' }), expires_in: 1 })
  const client = await look(tokenCheck, { answers: { [TOKEN]: wrong } })
  await expect(client.finding).rejects.toMatchObject({ problem: { code: 'token.claim' } })
  expect(client.hidden).toHaveLength(1)
  const [head, body, signature] = (await tokenFor()).split('.') as [string, string, string]
  const forged = `${head}.${body}.${signature.slice(0, -8)}AAAAAAAA`
  const key = await look(tokenCheck, { answers: { [TOKEN]: json({ access_token: forged, expires_in: 1 }) } })
  await expect(key.finding).rejects.toMatchObject({ problem: { code: 'token.signature' } })
})

it('says that nothing was asked for where the settings hold no secret, and is none of a service without a client', async () => {
  const known = await look(tokenCheck, { known: { id: row.clientId } })
  expect(await known.finding).toMatchObject({
    status: 'warning',
    summary: expect.stringContaining(`the secret of the client ${row.clientId}`),
  })
  expect(known.asked).toEqual([])
  const { finding } = await look(tokenCheck, { known: { id: '' } })
  expect(await finding).toMatchObject({ status: 'not-applicable' })
})
