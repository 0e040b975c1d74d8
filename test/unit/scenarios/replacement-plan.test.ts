import { describe, expect, it } from 'vitest'
import type { ReplaceCertificateAnswers } from '../../../electron/contract/answers.ts'
import { Output } from '../../../electron/hosts/cli/output.ts'
import { printPlan } from '../../../electron/hosts/cli/plan.ts'
import type { FoundInstallation } from '../../../electron/scenarios/installation/found.ts'
import { replacementProblems } from '../../../electron/scenarios/replace-certificate/check.ts'
import type { ReplacementFacts } from '../../../electron/scenarios/replace-certificate/facts.ts'
import { planReplacement } from '../../../electron/scenarios/replace-certificate/plan.ts'
import { Redactor } from '../../../electron/secrets/redactor.ts'
import { Secret } from '../../../electron/secrets/secret.ts'
import { viewPlan } from '../../../electron/setup/plan.ts'
import { steps } from '../../../electron/steps/registry.ts'
import { POOL_SID } from './facts.ts'

const TARGET = '/srv/IdentityService'
const FILE_PASSWORD = 'Opens-the-issued-file-1'
const PEM_PASSWORD = 'Protects-the-pem-key-2'
const THUMBPRINT = '38D0A1025246F6E94B3FA32F7478AEA9F5E6447C'
const FORMER = '0123456789ABCDEF0123456789ABCDEF01234567'

const answers: ReplaceCertificateAnswers = {
  version: 1,
  scenario: 'replace-certificate',
  installation: { target: TARGET },
  certificate: { from: 'new', key: 'RSA-3072', hash: 'SHA-384', subject: 'CN=Identity Service', days: 730 },
}
const issued: ReplaceCertificateAnswers = {
  ...answers,
  certificate: {
    from: 'file',
    file: '/srv/issued/identity.p7b',
    password: 'env:FILE_PASSWORD',
    cer: true,
    pem: { password: 'env:PEM_PASSWORD' },
  },
}

const common = {
  version: 1,
  id: '0123456789ab',
  target: TARGET,
  settings: `${TARGET}/appsettings.json`,
  pfx: `${TARGET}/openssl.pfx`,
  publicUrl: 'https://identity.example.com',
  localUrl: 'https://localhost:8443',
  clientId: 'a1b2c3d4e5f60718',
  installedAt: '2026-11-01T10:00:00.000Z',
} as const

const underIis: FoundInstallation = {
  installation: {
    ...common,
    name: 'IDServiceWebsite',
    hosting: 'iis',
    website: {
      site: 'IDServiceWebsite',
      pool: 'IDServicePool',
      account: { sid: POOL_SID, name: 'IIS AppPool\\IDServicePool' },
      stdoutLog: `${TARGET}/logs/stdout`,
    },
  },
  recorded: true,
  settings: common.settings,
  pfx: common.pfx,
  inImage: false,
  namedBy: { by: 'settings', file: common.settings },
  namedAs: common.pfx,
  certain: true,
  notes: [],
}
const inContainer: FoundInstallation = {
  ...underIis,
  installation: { ...common, name: 'identity', hosting: 'docker', container: 'identity' },
  namedAs: '/app/openssl.pfx',
}

const facts: ReplacementFacts = {
  found: underIis,
  signing: { profile: 'AES-256', warnings: [] },
  current: { thumbprint: FORMER, notBefore: new Date('2026-01-01T00:00:00Z') },
  place: common.pfx,
  attempts: [],
  neighbours: { withFile: [], inPool: [] },
  elevated: true,
  hour: { quiet: true, at: new Date('2026-11-21T20:00:00Z') },
  stateFolder: '/var/state',
}
const issuedFacts: ReplacementFacts = {
  ...facts,
  signing: {
    profile: '3DES',
    password: new Secret(FILE_PASSWORD),
    pemPassword: new Secret(PEM_PASSWORD),
    thumbprint: THUMBPRINT,
    warnings: [],
  },
}

const variants: Readonly<Record<string, readonly [ReplaceCertificateAnswers, ReplacementFacts]>> = {
  'iis-in-place': [{ ...answers, creatio: { pool: 'CreatioPool' } }, facts],
  'iis-not-elevated': [answers, { ...facts, elevated: false }],
  'iis-issued-other-path': [
    { ...issued, path: '/srv/certificates/identity.pfx' },
    {
      ...issuedFacts,
      place: '/srv/certificates/identity.pfx',
      settings: Buffer.from('{"X509CertificatePath":"/srv/IdentityService/openssl.pfx","Other":"stays"}\n'),
      hour: { quiet: false, at: new Date('2026-11-23T20:00:00Z') },
    },
  ],
  'docker-restart': [
    { ...answers, creatio: { container: 'creatio' } },
    { ...facts, found: inContainer },
  ],
  'docker-in-image': [
    answers,
    { ...facts, found: { ...inContainer, inImage: true }, image: 'identity-service:8.3' },
  ],
  'iis-adopted': [
    answers,
    {
      ...facts,
      found: {
        ...underIis,
        installation: {
          ...underIis.installation,
          tlsCertificate: '/var/state/installations/0123456789ab.crt',
        },
        recorded: false,
        trust: '-----BEGIN CERTIFICATE-----\n',
      },
    },
  ],
}

function planOf([wanted, known]: readonly [ReplaceCertificateAnswers, ReplacementFacts]) {
  return planReplacement(wanted, known)
}

function printed(variant: readonly [ReplaceCertificateAnswers, ReplacementFacts]): string {
  let text = ''
  const sink = { write: (piece: string) => (text += piece) }
  printPlan(viewPlan(planOf(variant), 'id', steps, new Map(), new Redactor()), new Output(sink, sink))
  return text
}

describe('the plan of a replacement', () => {
  it.each(Object.keys(variants))('%s reads as it always did', async (name) => {
    await expect(printed(variants[name]!)).toMatchFileSnapshot(`plans/replacement-${name}.txt`)
  })

  it.each(Object.keys(variants))(
    '%s is the same for the same answers and facts, and shows no password',
    (name) => {
      expect(planOf(variants[name]!)).toEqual(planOf(variants[name]!))
      for (const secret of [FILE_PASSWORD, PEM_PASSWORD])
        expect(printed(variants[name]!)).not.toContain(secret)
    },
  )

  it('keeps the certificate in use before another is written, and restarts only afterwards', () => {
    const ids = planOf(variants['iis-in-place']!).steps.map(({ id }) => id)
    expect(ids).toEqual([
      'back-up-certificate',
      'write-certificate',
      'set-rights',
      'take-up-certificate',
      'restart-creatio',
      'record-installation',
    ])
  })

  it('tells a new certificate by its age only at another path: in place, a clock that was set back would hide it', () => {
    const inputOf = (name: string) =>
      planOf(variants[name]!).steps.find(({ id }) => id === 'write-certificate')!.input
    expect(inputOf('iis-in-place')).toMatchObject({ present: 'replaced', replaces: FORMER })
    expect(inputOf('iis-in-place')).not.toHaveProperty('newerThan')
    expect(inputOf('iis-issued-other-path')).toMatchObject({
      present: 'overwritten',
      newerThan: facts.current!.notBefore,
      namedIn: common.settings,
    })
  })

  it('names who else opens the file, and who else restarts with the pool', () => {
    const neighbours = { withFile: ['Second service'], inPool: ['Portal', 'Portal/api'] }
    const said = planOf([answers, { ...facts, neighbours }]).warnings.map(({ code, what }) => [code, what])
    expect(said).toContainEqual([
      'replacement.shared-file',
      'Second service opens the same certificate file.',
    ])
    expect(said).toContainEqual([
      'replacement.shared-pool',
      'Portal, Portal/api run in the same application pool, and restart with it.',
    ])
  })

  it('asks for rights where this process has none under IIS, and never for a container', () => {
    expect(planOf(variants['iis-not-elevated']!).elevation).toBe('asked')
    expect(planOf(variants['docker-restart']!).elevation).toBe('none')
  })
})

describe('answers for a replacement', () => {
  const flawed: Readonly<Record<string, readonly [Partial<ReplaceCertificateAnswers>, string]>> = {
    'a folder that is not named in full': [{ installation: { target: 'service' } }, 'installation.target'],
    'a path that is not named in full': [{ path: 'new.pfx' }, 'path'],
    'a path of another kind of file': [{ path: '/srv/new.pem' }, 'path'],
    'another path for a container': [
      { path: '/srv/new.pfx', installation: { target: TARGET, container: 'identity' } },
      'path',
    ],
    'Creatio in a pool and in a container': [{ creatio: { pool: 'a', container: 'b' } }, 'creatio'],
    'a hash that does not fit the curve': [
      {
        certificate: {
          ...answers.certificate,
          from: 'new',
          key: 'ECDSA-P384',
          hash: 'SHA-256',
          subject: 'CN=x',
          days: 1,
        },
      },
      'certificate.hash',
    ],
    'a subject that is none': [
      { certificate: { from: 'new', key: 'RSA-2048', subject: 'x', days: 1 } },
      'certificate.subject',
    ],
    'a certificate that is not named in full': [
      { certificate: { from: 'file', file: 'a.pfx' } },
      'certificate.file',
    ],
  }

  it.each(Object.entries(flawed))('%s is refused by its path', (_, [flaw, path]) => {
    expect(replacementProblems({ ...answers, ...flaw })).toMatchObject([
      { code: 'answers.invalid', where: { path }, untouched: 'Nothing was changed.' },
    ])
  })

  it('without a flaw are taken', () => {
    expect([answers, issued].flatMap(replacementProblems)).toEqual([])
  })
})
