import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Answers } from '../../../../electron/contract/answers.ts'
import { realMachine } from '../../../../electron/machine/real.ts'
import { makePracticeArchive } from '../../../../electron/practice/archive.ts'
import type { Facts } from '../../../../electron/scenarios/new-installation/facts.ts'
import { planNewInstallation } from '../../../../electron/scenarios/new-installation/plan.ts'
import { scriptOfInstallation } from '../../../../electron/scenarios/new-installation/script.ts'
import type { WebsiteFacts } from '../../../../electron/scenarios/new-installation/website-facts.ts'
import { Secret } from '../../../../electron/secrets/secret.ts'
import { describeSource } from '../../../../electron/service/describe.ts'
import type { Plan } from '../../../../electron/setup/plan.ts'
import { steps as registry } from '../../../../electron/steps/registry.ts'
import { scriptFunctions } from '../../../../electron/windows/scripts.ts'
import { BUILT_IN, factsFor, iis, POOL_SID, STORED, website } from '../../scenarios/facts.ts'

/** Secrets that break whoever escapes too little, or too much. */
export const SECRETS = {
  databasePassword: `Db-c4nary 'q"=;\\ ü€😀 $x \`n`,
  poolPassword: `P00l-c4nary <&>"'$(x)\\ ü€😀`,
  pfxPassword: 'Pfx-c4nary "\'$x',
  signingPassword: 'Sig-c4nary \'"$x ü',
  clientSecret: `C1-c4nary "'<&>\\ ü€😀 $x \`n`,
  builtInSecret: BUILT_IN,
} as const

/** What a path of Windows may hold and a shell stumbles over. */
export const ODD = "it's ’quoted‘ $HOME $(calc) `tick` & “more”; -x %TEMP% #1 {a} [b]"

type Website = NonNullable<Answers['website']>
const plain: Website = {
  site: 'IDServiceWebsite',
  pool: 'IDServicePool',
  identity: { account: 'ApplicationPoolIdentity' },
  http: { port: 8090 },
  development: true,
}
const selfSigned: Website['https'] = { port: 8443, certificate: { from: 'self-signed' } }

export interface Scenario {
  readonly website: Website
  readonly answers?: Partial<Answers>
  readonly facts?: Partial<Facts>
  /** The name of the folder that everything lies in. */
  readonly folder?: string
  readonly sqlServer?: string
}

const account = { account: 'SpecificUser', user: "EXAMPLE\\o'brien & <co>", password: 'env:POOL' } as const

/** Every way that a website can be set up. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'plain http': { website: plain },
  'HTTPS with a certificate of the store, SNI and redirect': {
    website: {
      ...website,
      hostName: 'identity.example.com',
      http: { port: 80, redirect: true },
      https: { port: 443, sni: true, certificate: { from: 'store', thumbprint: STORED.thumbprint } },
      firewall: true,
    },
    answers: { publicUrl: 'https://identity.example.com' },
  },
  'HTTPS with a PFX and its password': {
    website: {
      ...plain,
      https: {
        port: 443,
        certificate: { from: 'pfx', file: `/srv/${ODD}/identity.pfx`, password: 'env:PFX' },
      },
    },
    answers: { publicUrl: 'https://identity.example.com' },
    facts: { tlsPassword: new Secret(SECRETS.pfxPassword) },
  },
  'HTTPS with a certificate of its own, firewall and http kept': {
    website: { ...plain, https: selfSigned, firewall: true },
  },
  'a redirect of its own certificate': {
    website: { ...plain, http: { port: 8090, redirect: true }, https: selfSigned },
  },
  'an account with a password': { website: { ...plain, identity: account } },
  'a group managed service account': {
    website: { ...plain, identity: { account: 'gMSA', user: 'EXAMPLE\\svc-identity$' } },
  },
  'odd characters in every path': { website: { ...plain, https: selfSigned }, folder: ODD },
  'odd characters in names': {
    website: { ...plain, site: `Site ${ODD}`, pool: `Pool ${ODD}`, identity: account, firewall: true },
    answers: {
      certificate: { from: 'new', key: 'RSA-4096', subject: 'CN=It\\, \\"it’s\\" $x, O=Acme', days: 10 },
      client: { id: 'AbCdEf0123-45.xY', name: ODD, secret: 'env:SECRET' },
      logging: { level: 'Debug', stdout: true },
    },
  },
  'a signing key on a curve, and its certificate beside it': {
    website: plain,
    answers: {
      certificate: { from: 'new', key: 'ECDSA-P384', subject: 'CN=Identity', days: 90, cer: true },
    },
    facts: { signing: { profile: '3DES', warnings: [] } },
  },
  'an issued certificate in a PFX with a password': {
    website: plain,
    answers: {
      certificate: { from: 'file', file: `/srv/${ODD}/issued.pfx`, password: 'env:SIGNING' },
    },
    facts: {
      signing: {
        profile: 'AES-256',
        password: new Secret(SECRETS.signingPassword),
        thumbprint: STORED.thumbprint,
        warnings: [],
      },
    },
  },
  'SQL Server as the account of the pool': {
    website: plain,
    sqlServer: 'Data Source=.\\SQLEXPRESS; Initial Catalog=Creatio; Integrated Security=SSPI; Async=true',
  },
  'SQL Server with a password in quotes': {
    website: plain,
    sqlServer: `Server=tcp:db01,1433;Database=Creatio;Uid=sa;Pwd="${SECRETS.databasePassword.replaceAll('"', '""')}";MultipleActiveResultSets=True`,
  },
}

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

export interface PlannedScript {
  readonly plan: Plan
  readonly facts: Facts
  readonly answers: Answers
  readonly target: string
  script(): Promise<string>
}

const known = new Map<Scenario, Promise<PlannedScript>>()

/** A plan from a real archive in a folder of its own, which is removed after the tests. */
export function plannedScript(
  scenario: Scenario,
  change?: (facts: Facts) => Partial<Facts>,
): Promise<PlannedScript> {
  if (change) return planned(scenario, change)
  const made = known.get(scenario) ?? planned(scenario, () => ({}))
  known.set(scenario, made)
  return made
}

async function planned(scenario: Scenario, change: (facts: Facts) => Partial<Facts>): Promise<PlannedScript> {
  const made = await mkdtemp(join(tmpdir(), 'script-'))
  folders.push(made)
  const folder = join(made, scenario.folder ?? 'server')
  const machine = realMachine()
  await machine.files.makeFolder(folder)
  const archive = join(folder, 'IdentityService.zip')
  await makePracticeArchive(machine, archive)
  const target = join(folder, 'IdentityService')
  const answers: Answers = {
    ...iis,
    publicUrl: undefined as never,
    ...scenario.answers,
    service: { source: archive, target },
    website: scenario.website,
  }
  if (scenario.answers?.publicUrl === undefined) delete (answers as { publicUrl?: string }).publicUrl
  const facts = await gathered(answers, scenario, await describeSource(machine, archive))
  const all = { ...facts, ...change(facts) }
  const plan = planNewInstallation(answers, all)
  const sources = { answers, facts: all, plan, registry, version: '1.2.3' }
  const script = async () => scriptOfInstallation({ ...sources, functions: await scriptFunctions() })
  return { plan, facts: all, answers, target, script }
}

async function gathered(answers: Answers, { facts, sqlServer }: Scenario, source: Facts['source']) {
  const { identity, pool, https } = answers.website!
  const websiteFacts: WebsiteFacts = {
    elevated: true,
    account: {
      sid: POOL_SID,
      name: identity.account === 'ApplicationPoolIdentity' ? `IIS AppPool\\${pool}` : identity.user,
    },
    ours: new Set(),
    scratch: join(answers.service.target, '..', 'scratch'),
    ...(identity.account === 'SpecificUser' ? { poolPassword: new Secret(SECRETS.poolPassword) } : {}),
    ...(https?.certificate.from === 'store' ? { certificate: STORED } : {}),
  }
  const password = `"${SECRETS.databasePassword.replaceAll('"', '""')}"`
  return factsFor(answers, {
    source,
    settings: source.settings,
    webConfig: source.webConfig!,
    website: websiteFacts,
    database: sqlServer
      ? { provider: 'MsSqlServer', connectionString: new Secret(sqlServer) }
      : {
          provider: 'PostgreSQL',
          connectionString: new Secret(
            `Server=db01.example.com;Port=5432;Database=creatio;User ID=o'neil;Password=${password};Timeout=15`,
          ),
        },
    ...facts,
    client: {
      id: 'AbCdEf0123-45.xY',
      name: answers.client.name,
      secret: new Secret(SECRETS.clientSecret),
      from: 'generated',
    },
  })
}
