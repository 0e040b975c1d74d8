import { describe, expect, it } from 'vitest'
import {
  ANSWERS_VERSION,
  setupSchema,
  type ReplaceCertificateAnswers,
} from '../../../electron/contract/answers.ts'
import { withFullPaths } from '../../../electron/hosts/cli/full-paths.ts'
import { goingOn } from '../../../electron/hosts/cli/go-on.ts'
import { pointedAt } from '../../../electron/hosts/cli/point-at.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { exampleReplacement } from '../../../electron/scenarios/replace-certificate/example.ts'
import { checkAnswers } from '../../../electron/setup/answers.ts'
import { Journal } from '../../../electron/setup/journal.ts'

const production: ReplaceCertificateAnswers = {
  ...exampleReplacement('docker', 'linux'),
  installation: { target: '/srv/production', container: 'identity' },
  path: '/srv/production/keys/new.pfx',
  replaces: 'A'.repeat(40),
}

describe('answers pointed at another installation', () => {
  it('keep the certificate that is asked for, and leave out what belongs to the first one alone', () => {
    expect(pointedAt(production, '/srv/pre-production')).toEqual({
      version: 1,
      scenario: 'replace-certificate',
      installation: { target: '/srv/pre-production' },
      certificate: production.certificate,
      path: '/srv/pre-production/keys/new.pfx',
    })
  })

  it('stay those of a practice run', () => {
    expect(pointedAt({ ...production, practice: true }, '/srv/other').practice).toBe(true)
  })

  it.each([
    '/srv/keys/new.pfx',
    '/srv/production',
    '/srv/production-keys/new.pfx',
    '/srv/production/../x.pfx',
  ])('never write to %s, which lies outside the first installation', (path) => {
    expect(() => pointedAt({ ...production, path }, '/srv/pre-production')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'answers.path' }) }),
    )
  })

  it('are not those of a new installation', () => {
    expect(() => pointedAt(exampleAnswers('docker', 'linux'), '/srv/other')).toThrow(
      expect.objectContaining({ problem: expect.objectContaining({ code: 'arguments.invalid' }) }),
    )
  })
})

describe('an interrupted replacement', () => {
  const { replaces: _replaces, path: _path, ...wishes } = production
  const journal = (answers: unknown) =>
    Journal.unrecorded({ type: 'run', id: '1', title: '', practice: false, at: '', answers, steps: [] })

  it('is gone on with: what was to be replaced stays the same', () => {
    const interrupted = journal({ replaces: 'B'.repeat(40), ...wishes })
    expect(goingOn(wishes, interrupted)).toEqual({ ...wishes, replaces: 'B'.repeat(40) })
  })

  it('is another one when other things are wished, or the one to be replaced is named', () => {
    const other = { ...wishes, certificate: { ...wishes.certificate, subject: 'CN=Other' } }
    expect(goingOn(wishes, journal({ replaces: 'B'.repeat(40), ...other }))).toBe(wishes)
    expect(goingOn(production, journal({ replaces: 'B'.repeat(40), ...wishes }))).toBe(production)
    expect(goingOn(wishes, journal(wishes))).toBe(wishes)
    expect(goingOn(wishes, undefined)).toBe(wishes)
  })
})

describe('examples', () => {
  it.each(['iis', 'docker', 'practice'] as const)('of a replacement are answers: %s', (kind) => {
    const answers = exampleReplacement(kind, kind === 'iis' ? 'win32' : 'linux')
    expect(checkAnswers(answers, setupSchema, ANSWERS_VERSION)).toEqual({ answers })
  })
})

describe('relative paths', () => {
  const from = {
    from: 'file',
    file: 'issued/identity.p7b',
    privateKey: '../keys/identity.key',
    password: 'file:password.txt',
  } as const

  it('of a replacement count from the folder of the answers', () => {
    const answers = { ...production, installation: { target: 'service' }, certificate: from, path: 'new.pfx' }
    expect(withFullPaths(answers, '/answers')).toMatchObject({
      installation: { target: '/answers/service' },
      path: '/answers/new.pfx',
      certificate: {
        file: '/answers/issued/identity.p7b',
        privateKey: '/keys/identity.key',
        password: 'file:password.txt',
      },
    })
  })

  it('of a new installation’s certificate do, too', () => {
    const answers = {
      ...exampleAnswers('docker', 'linux'),
      certificate: { from: 'file', file: 'own.pfx' },
    } as const
    expect(withFullPaths(answers, '/answers')).toMatchObject({
      certificate: { from: 'file', file: '/answers/own.pfx' },
      service: { source: '/srv/install/IdentityService.zip' },
    })
  })

  it('leave answers without paths as they are', () => {
    const { path: _path, ...answers } = production
    expect(withFullPaths(answers, '/answers')).toEqual(answers)
  })
})
