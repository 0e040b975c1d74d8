import { describe, expect, it } from 'vitest'
import type { Answers } from '../../../electron/contract/answers.ts'
import { contradictions } from '../../../electron/scenarios/new-installation/check-answers.ts'
import { container, docker, practice } from './facts.ts'

type Fields = Extract<Answers['database'], { from: 'fields' }>
const fields = docker.database as Fields
const anew = { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service', days: 1095 } as const
const anewDatabase = {
  from: 'new',
  provider: 'PostgreSQL',
  server: 'db01',
  database: 'identity',
  user: 'identity',
  password: 'generate',
  administrator: { user: 'boss', password: 'env:BOSS' },
} as const
const without = <T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> => {
  const { [key]: _, ...rest } = value
  return rest
}

const wrong: readonly (readonly [string, Answers])[] = [
  ['creatio', { ...docker, database: { from: 'creatio' } }],
  ['database.from', { ...docker, database: { from: 'practice' } }],
  ['service.source', { ...docker, service: { target: '/srv/x' } }],
  ['container', without(docker, 'container')],
  ['container.httpPort', { ...docker, container: without(container, 'httpPort') }],
  ['container.https.port', { ...docker, container: { ...container, https: { port: 8090 } } }],
  ['container.acceptSecretsInImage', { ...docker, container: { ...container, settings: 'dockerfile-env' } }],
  ['service.target', { ...docker, service: { ...docker.service, target: 'relative' } }],
  [
    'container.https.certificate',
    { ...docker, container: { ...container, https: { port: 1, certificate: 'x.pfx' } } },
  ],
  ['database.options', { ...docker, database: { ...fields, options: 'SSL Mode=Require;Host=other' } }],
  ['database.options', { ...docker, database: { ...fields, options: 'Password=hunter2' } }],
  ['database.options', { ...docker, database: { ...fields, options: 'SSL Password=hunter2' } }],
  ['database.options', { ...docker, database: { ...fields, options: 'no equals sign' } }],
  ['database.options', { ...docker, database: { ...anewDatabase, options: 'Password=hunter2' } }],
  ['database.user', { ...docker, database: { ...anewDatabase, user: 'boss' } }],
  ['client.grantTypes', { ...docker, client: { ...docker.client, grantTypes: ['implicit'] } }],
  ['client.id', { ...docker, client: { ...docker.client, id: 'too-short' } }],
  ['client.id', { ...docker, client: { ...docker.client, id: 'x'.repeat(101), useAnyway: true } }],
  ['client.id', { ...docker, client: { ...docker.client, id: 'Größenordnung123' } }],
  ['client.id', { ...docker, client: { ...docker.client, id: 'x y' } }],
  ['client.name', { ...docker, client: { ...docker.client, name: 'Creatio ' } }],
  ['client.name', { ...docker, client: { ...docker.client, name: ' '.repeat(3) } }],
  ['certificate.subject', { ...docker, certificate: { ...anew, subject: 'no subject' } }],
  ['certificate.hash', { ...docker, certificate: { ...anew, key: 'ECDSA-P256', hash: 'SHA-512' } }],
  ['certificate.file', { ...docker, certificate: { from: 'file', file: 'issued.pfx' } }],
  [
    'certificate.privateKey',
    { ...docker, certificate: { from: 'file', file: '/srv/issued.crt', privateKey: 'issued.key' } },
  ],
  ...[
    'ftp://a',
    'identity.example.com',
    'https://a b',
    'https://u:p@a',
    'https://a?q=1',
    'https://a#f',
    'https://a"',
    'http://:80',
    'javascript://x',
  ].map((publicUrl) => ['publicUrl', { ...docker, publicUrl }] as const),
]

describe('answers that contradict themselves', () => {
  it.each(wrong)('%s (%#)', (path, answers) => {
    const problems = contradictions(answers)
    expect(problems.map(({ where }) => where?.path)).toEqual([path])
    expect(problems[0]).toMatchObject({
      untouched: 'Nothing was changed.',
      next: expect.stringMatching(/^[A-Z]/),
    })
    expect(JSON.stringify(problems)).not.toContain('hunter2')
  })

  it('are told all at once', () => {
    const answers = {
      ...docker,
      publicUrl: 'x',
      database: { from: 'creatio' },
      client: { ...docker.client, id: 'x' },
    } as const
    expect(contradictions(answers).map(({ where }) => where?.path)).toEqual([
      'creatio',
      'publicUrl',
      'client.id',
    ])
  })

  it.each([
    ['the examples', docker],
    ['the practice example', practice],
    [
      'an id of another length, used anyway',
      { ...docker, client: { ...docker.client, id: 'short', useAnyway: true } },
    ],
    [
      'options of the driver',
      { ...docker, database: { ...fields, options: 'SSL Mode=VerifyFull;Timeout=15' } },
    ],
    ['an IPv6 address', { ...docker, publicUrl: 'https://[::1]:8443' }],
  ] as const)('are not %s', (_, answers) => expect(contradictions(answers)).toEqual([]))
})
