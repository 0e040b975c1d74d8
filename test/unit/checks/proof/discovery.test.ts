import { expect, it } from 'vitest'
import { discoveryCheck } from '../../../../electron/checks/proof/discovery.ts'
import { discovery, LOCAL, look } from './service-world.ts'

const PUBLIC = 'https://identity.example.com'
const at = (origin: string) => `${origin}/.well-known/openid-configuration`

it('passes when the document names the address it was asked at', async () => {
  const { finding, asked } = await look(discoveryCheck)
  expect(await finding).toMatchObject({
    status: 'passed',
    summary: 'http://localhost:8090 answers, and its addresses fit.',
    evidence: expect.arrayContaining([
      { label: 'Asked', value: at(LOCAL) },
      { label: 'Issuer', value: 'creatio.com' },
      { label: 'Token endpoint', value: `${LOCAL}/connect/token` },
    ]),
  })
  expect(asked.map(({ url }) => url)).toEqual([at(LOCAL)])
})

it('asks at the public address where that is another one', async () => {
  const { finding, asked } = await look(discoveryCheck, {
    publicUrl: PUBLIC,
    trust: 'PEM',
    answers: { [at(PUBLIC)]: discovery(PUBLIC) },
  })
  expect(await finding).toMatchObject({ status: 'passed' })
  expect(asked).toMatchObject([{ url: at(PUBLIC), request: { trust: ['PEM'] } }])
})

it('fails when the document names https and http was asked', async () => {
  const { finding } = await look(discoveryCheck, {
    answers: { [at(LOCAL)]: discovery('https://localhost:8090') },
  })
  expect(await finding).toMatchObject({
    status: 'failed',
    cause: expect.stringContaining('ForceHttpsSchemeInRequests'),
    remedy: { text: expect.stringMatching(/^Set up HTTPS/) },
  })
})

it('warns when the document names another host', async () => {
  const { finding } = await look(discoveryCheck, {
    publicUrl: PUBLIC,
    answers: { [at(PUBLIC)]: discovery('https://srv01') },
  })
  expect(await finding).toMatchObject({
    status: 'warning',
    summary: expect.stringContaining('https://srv01'),
    remedy: { text: expect.stringMatching(/^Let the proxy/) },
  })
})

it('rejects with the reason when nothing answers, or somebody else', async () => {
  const gone = await look(discoveryCheck, { publicUrl: PUBLIC })
  await expect(gone.finding).rejects.toMatchObject({ problem: { code: 'discovery.refused' } })
  const page = { status: 200, headers: {}, body: '<html>IIS</html>' }
  const iis = await look(discoveryCheck, { answers: { [at(LOCAL)]: page } })
  await expect(iis.finding).rejects.toMatchObject({ problem: { code: 'discovery.html' } })
})
