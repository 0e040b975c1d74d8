import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import { Output } from '../../../electron/hosts/cli/output.ts'
import { printPlan } from '../../../electron/hosts/cli/plan.ts'
import type { Facts } from '../../../electron/scenarios/new-installation/facts.ts'
import { planNewInstallation } from '../../../electron/scenarios/new-installation/plan.ts'
import type { WebsiteFacts } from '../../../electron/scenarios/new-installation/website-facts.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { viewPlan } from '../../../electron/setup/plan.ts'
import { steps } from '../../../electron/steps/registry.ts'
import {
  ADMINISTRATOR_PASSWORD,
  BUILT_IN,
  CLIENT_SECRET,
  container,
  docker,
  factsFor,
  iis,
  NEW_DATABASE,
  PASSWORD,
  POOL_PASSWORD,
  POOL_SID,
  practice,
  REDIS,
  STORED,
  TLS_PASSWORD,
  website,
} from './facts.ts'

/** The plan as the command line prints it, before anything is looked at. Nothing is redacted behind its back. */
function printed(answers: Answers, facts: Facts): string {
  let text = ''
  const sink = { write: (piece: string) => (text += piece) }
  const plan = planNewInstallation(answers, facts)
  printPlan(viewPlan(plan, 'id', steps, new Map(), new Redactor()), new Output(sink, sink))
  return text
}

const https = { port: 8443 }
const websiteFacts: WebsiteFacts = {
  elevated: true,
  account: { sid: POOL_SID, name: 'IIS AppPool\\IDServicePool' },
  ours: new Set(),
  scratch: '/var/scratch',
}
const scenarios: Readonly<Record<string, readonly [Answers, Partial<Facts>?]>> = {
  'docker-mounted-file': [docker],
  'docker-https-environment': [
    {
      ...docker,
      publicUrl: 'https://identity.example.com',
      container: {
        ...container,
        settings: 'environment',
        https,
        redis: 'env:REDIS',
        databaseServer: 'host.docker.internal',
      },
      logging: { level: 'Debug', stdout: true },
    },
    { redis: new Secret(REDIS) },
  ],
  'docker-dockerfile-env': [
    {
      ...docker,
      container: { ...container, settings: 'dockerfile-env', acceptSecretsInImage: true, network: 'creatio' },
    },
  ],
  'docker-issued-certificate': [
    {
      ...docker,
      publicUrl: 'https://identity.example.com',
      container: {
        name: 'identity',
        image: 'identity:1',
        settings: 'mounted-file',
        https: { port: 443, certificate: '/srv/tls/identity.pfx', password: 'env:TLS' },
        restart: 'always',
      },
    },
    { tlsPassword: new Secret(TLS_PASSWORD) },
  ],
  practice: [practice],
  'iis-import-pfx': [iis, { tlsPassword: new Secret(TLS_PASSWORD) }],
  'iis-store-redirect-gmsa': [
    {
      ...iis,
      website: {
        ...website,
        identity: { account: 'gMSA', user: 'EXAMPLE\\svc-identity$' },
        http: { port: 80, redirect: true },
        https: { port: 443, certificate: { from: 'store', thumbprint: STORED.thumbprint } },
        takeOver: ['pool:IDServicePool'],
      },
      logging: { level: 'Debug', stdout: true },
    },
    { website: { ...websiteFacts, certificate: STORED } },
  ],
  'iis-account-development': [
    {
      ...iis,
      publicUrl: 'http://identity.example.com:8090',
      website: {
        site: website.site,
        pool: website.pool,
        identity: { account: 'SpecificUser', user: 'EXAMPLE\\svc', password: 'env:POOL' },
        http: { port: 8090 },
        development: true,
      },
    },
    { website: { ...websiteFacts, elevated: false, poolPassword: new Secret(POOL_PASSWORD) } },
  ],
  'iis-new-database': [
    {
      ...iis,
      database: {
        from: 'new',
        ...NEW_DATABASE.wanted,
        password: 'generate',
        administrator: { user: 'postgres', password: 'env:ADMIN' },
      },
      client: { ...iis.client, scopes: ['own_scope'] },
    },
    {
      database: NEW_DATABASE.target,
      newDatabase: NEW_DATABASE,
      tlsPassword: new Secret(TLS_PASSWORD),
    },
  ],
  'iis-self-signed-http-kept': [
    {
      ...iis,
      website: {
        ...website,
        firewall: false,
        http: { port: 8090 },
        https: { port: 8443, certificate: { from: 'self-signed' } },
      },
    },
  ],
}

describe('the plan of a new installation', () => {
  it.each(Object.entries(scenarios))('%s reads as it always did', async (name, [answers, more]) => {
    const text = printed(answers, await factsFor(answers, more))
    await expect(text).toMatchFileSnapshot(`plans/${name}.txt`)
  })

  it.each(Object.entries(scenarios))('%s shows no secret', async (_, [answers, more]) => {
    const text = printed(answers, await factsFor(answers, more))
    const redactor = new Redactor()
    redactor.register(
      ...[
        PASSWORD,
        CLIENT_SECRET,
        BUILT_IN,
        'R3dis-password',
        TLS_PASSWORD,
        POOL_PASSWORD,
        ADMINISTRATOR_PASSWORD,
      ].map((value) => new Secret(value)),
    )
    expect(redactor.redact(text)).toBe(text)
  })

  it.each(Object.entries(scenarios))(
    '%s: the same answers and facts give the same plan, and stay as they are',
    async (_, [answers, more]) => {
      const facts = await factsFor(answers, more)
      const before = structuredClone(answers)
      const deepFrozen = freeze(answers)
      expect(planNewInstallation(deepFrozen, freeze(facts))).toEqual(planNewInstallation(answers, facts))
      expect(answers).toEqual(before)
    },
  )
})

/** Bytes cannot be frozen, and need not be: they are compared with what the plan holds. */
function freeze<T>(value: T): T {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value
  Object.values(value).forEach(freeze)
  return Object.freeze(value)
}
