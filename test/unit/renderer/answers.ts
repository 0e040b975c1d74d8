import fc from 'fast-check'
import type {
  Answers,
  ChangeClientAnswers,
  ContainerAnswers,
  DatabaseAnswers,
  ReplaceCertificateAnswers,
  WebsiteAnswers,
} from '../../../electron/contract/answers.ts'
import { grantTypes } from '../../../electron/contract/client.ts'
import { pfxProfiles, signatureHashes, signingKeys } from '../../../electron/contract/certificate.ts'
import type { SigningCertificateAnswers } from '../../../electron/contract/certificate.ts'

const text = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
const port = fc.integer({ min: 1, max: 65_535 })
const secret = fc.constantFrom('env:PASSWORD', 'file:/run/secret', 'vault:database.password', 'stdin')
const provider = fc.constantFrom('PostgreSQL' as const, 'MsSqlServer' as const)

/** A record whose `optional` keys may be missing, and are never undefined. */
function record<T>(
  required: { [K in keyof T]?: fc.Arbitrary<T[K]> },
  optional: (keyof T)[],
): fc.Arbitrary<T> {
  const keys = Object.keys(required) as (keyof T)[]
  const requiredKeys = keys.filter((key) => !optional.includes(key))
  return fc.record(required as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: requiredKeys as never[],
  }) as unknown as fc.Arbitrary<T>
}

type DatabaseOf<From extends DatabaseAnswers['from']> = Extract<DatabaseAnswers, { from: From }>

const place = { provider, server: text, port, database: text, user: text, options: text }

const database: fc.Arbitrary<DatabaseAnswers> = fc.oneof(
  record<DatabaseOf<'creatio'>>(
    {
      from: fc.constant('creatio' as const),
      entry: text,
      placeholders: fc.dictionary(fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,9}$/), secret, { minKeys: 1 }),
    },
    ['entry', 'placeholders'],
  ),
  fc.record({ from: fc.constant('connection-string' as const), provider, connectionString: secret }),
  record<DatabaseOf<'fields'>>({ from: fc.constant('fields' as const), ...place, password: secret }, [
    'port',
    'options',
  ]),
  record<DatabaseOf<'new'>>(
    {
      from: fc.constant('new' as const),
      ...place,
      password: fc.oneof(secret, fc.constant('generate')),
      administrator: fc.record({ user: text, password: secret }),
    },
    ['port', 'options'],
  ),
)

const container = record<ContainerAnswers>(
  {
    name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
    image: fc.stringMatching(/^[a-z]{1,20}:[a-z]{1,9}$/),
    settings: fc.constantFrom('mounted-file', 'dockerfile-env', 'environment'),
    acceptSecretsInImage: fc.constant(true),
    httpPort: port,
    https: record<NonNullable<ContainerAnswers['https']>>({ port, certificate: text, password: secret }, [
      'certificate',
      'password',
    ]),
    network: text,
    databaseServer: text,
    redis: secret,
    restart: fc.constantFrom('no', 'on-failure', 'unless-stopped', 'always'),
  },
  ['acceptSecretsInImage', 'httpPort', 'https', 'network', 'databaseServer', 'redis'],
)

const iisName = fc.stringMatching(/^[A-Za-z0-9]([A-Za-z0-9 ._-]{0,20}[A-Za-z0-9])?$/)
const yes = fc.constant(true)

type Https = NonNullable<WebsiteAnswers['https']>

/** As an answer file may hold them, if it names an address at all and redirects to one that is there. */
const website = record<WebsiteAnswers>(
  {
    site: iisName,
    pool: iisName,
    identity: fc.oneof(
      fc.constant({ account: 'ApplicationPoolIdentity' as const }),
      fc.record({ account: fc.constant('SpecificUser' as const), user: text, password: secret }),
      fc.record({
        account: fc.constant('gMSA' as const),
        user: fc.stringMatching(/^[A-Z]{1,9}\\[a-z]{1,9}\$$/),
      }),
    ),
    hostName: fc.stringMatching(/^[a-z]{1,9}(\.[a-z]{1,9}){0,3}$/),
    http: record<NonNullable<WebsiteAnswers['http']>>({ port, redirect: yes }, ['redirect']),
    https: record<Https>(
      {
        port,
        sni: yes,
        certificate: fc.oneof(
          fc.record({ from: fc.constant('store' as const), thumbprint: fc.stringMatching(/^[0-9A-F]{40}$/) }),
          record<Extract<Https['certificate'], { from: 'pfx' }>>(
            { from: fc.constant('pfx' as const), file: text, password: secret },
            ['password'],
          ),
          fc.constant({ from: 'self-signed' as const }),
        ),
      },
      ['sni'],
    ),
    firewall: yes,
    development: yes,
    takeOver: fc.array(
      fc.tuple(fc.constantFrom('site', 'pool', 'certificate'), iisName).map((parts) => parts.join(':')),
      { minLength: 1, maxLength: 3 },
    ),
  },
  ['hostName', 'http', 'https', 'firewall', 'development', 'takeOver'],
).filter(({ http, https }) => https !== undefined || (http !== undefined && http.redirect === undefined))

type CertificateOf<From extends SigningCertificateAnswers['from']> = Extract<
  SigningCertificateAnswers,
  { from: From }
>

const around = {
  profile: fc.constantFrom(...pfxProfiles),
  cer: yes,
  pem: fc.record({ password: secret }),
}

/** Made anew or taken from a file, with everything that may be left out there or not. */
const certificate: fc.Arbitrary<SigningCertificateAnswers> = fc.oneof(
  record<CertificateOf<'new'>>(
    {
      from: fc.constant('new' as const),
      key: fc.constantFrom(...signingKeys),
      hash: fc.constantFrom(...signatureHashes),
      subject: text,
      days: fc.integer({ min: 1, max: 36_500 }),
      ...around,
    },
    ['hash', 'profile', 'cer', 'pem'],
  ),
  record<CertificateOf<'file'>>(
    { from: fc.constant('file' as const), file: text, privateKey: text, password: secret, ...around },
    ['privateKey', 'password', 'profile', 'cer', 'pem'],
  ),
)

const scopes = fc.uniqueArray(fc.stringMatching(/^[a-z_]{1,20}$/), { minLength: 1, maxLength: 4 })
const grants = fc.subarray([...grantTypes], { minLength: 1 })

const common = {
  version: fc.constant(1 as const),
  scenario: fc.constant('new-installation' as const),
  service: record<Answers['service']>({ source: text, target: text }, ['source']),
  creatio: fc.record({ folder: text }),
  database,
  client: record<Answers['client']>(
    { id: text, name: text, secret, scopes, grantTypes: grants, useAnyway: yes, replaceExisting: yes },
    ['scopes', 'grantTypes', 'useAnyway', 'replaceExisting'],
  ),
  certificate,
  publicUrl: text,
  logging: fc.record({
    level: fc.constantFrom('Debug' as const, 'Warning' as const, 'None' as const),
    stdout: fc.boolean(),
  }),
}

/** Complete answers for Docker, as an answer file may hold them. */
export const dockerAnswers = record<Answers>(
  { ...common, hosting: fc.constant('docker' as const), container },
  ['creatio', 'publicUrl'],
)

/** Complete answers for IIS, in earnest or as a practice run. */
export const iisAnswers = record<Answers>(
  { ...common, hosting: fc.constant('iis' as const), practice: yes, website },
  ['creatio', 'publicUrl', 'practice'],
)

/** The service that is there, as every scenario that looks after one names it. */
const installation = record<ChangeClientAnswers['installation']>(
  { target: text, container: fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,20}$/), site: iisName },
  ['container', 'site'],
)

const containerName = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,20}$/)

/** Complete answers for the replacement of a certificate. */
export const replacementAnswers = record<ReplaceCertificateAnswers>(
  {
    version: fc.constant(1 as const),
    scenario: fc.constant('replace-certificate' as const),
    practice: yes,
    installation,
    certificate,
    path: text,
    creatio: fc.oneof(
      fc.record({ pool: iisName }),
      fc.record({ container: containerName }),
      fc.record({ pool: iisName, container: containerName }),
    ),
    replaces: fc.stringMatching(/^[0-9A-F]{40}$/),
  },
  ['practice', 'path', 'creatio', 'replaces'],
)

/** Complete answers for the change of a client. */
export const clientChangeAnswers = record<ChangeClientAnswers>(
  {
    version: fc.constant(1 as const),
    scenario: fc.constant('change-client' as const),
    practice: yes,
    installation,
    client: record<ChangeClientAnswers['client']>(
      {
        current: text,
        id: text,
        name: text,
        secret: fc.oneof(secret, fc.constant('generate')),
        scopes,
        grantTypes: grants,
        useAnyway: yes,
      },
      ['current', 'id', 'name', 'secret', 'scopes', 'grantTypes', 'useAnyway'],
    ),
    databaseServer: text,
    row: fc.integer({ min: 1, max: 99 }),
  },
  ['practice', 'databaseServer', 'row'],
)
