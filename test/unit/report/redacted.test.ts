import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { RunView } from '../../../electron/contract/run.ts'
import { reportOf } from '../../../electron/hosts/session/report-of.ts'
import type { Prepared } from '../../../electron/hosts/session/prepared.ts'
import { Session } from '../../../electron/hosts/session/session.ts'
import { realMachine } from '../../../electron/machine/real.ts'
import { reportHtml } from '../../../electron/report/page.ts'
import { reportJson } from '../../../electron/report/report.ts'
import { exampleAnswers } from '../../../electron/scenarios/new-installation/example.ts'
import { sampleReport } from './sample-report.ts'

/** Ways in which a secret gets into a driver's words, a log, a command line or a file. */
const spellings: Readonly<Record<string, (secret: string) => string>> = {
  plain: (secret) => secret,
  json: (secret) => JSON.stringify(secret),
  'json in json': (secret) => JSON.stringify(JSON.stringify(secret)),
  url: (secret) => encodeURIComponent(secret),
  form: (secret) => new URLSearchParams({ client_secret: secret }).toString(),
  xml: (secret) => secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;'),
  'connection string': (secret) => `Password="${secret.replaceAll('"', '""')}";`,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  basic: (secret) => `Basic ${Buffer.from(`client0123456789:${secret}`).toString('base64')}`,
}

const CANARY = 'Canary7f3kQx9'
const secrets = fc
  .string({ unit: fc.constantFrom(...'"\'\\/<>&+%= ;üß€'), maxLength: 8 })
  .map((mark) => mark + CANARY + mark)

/** A finished run in which every text that comes from outside holds the given one. */
function reportWith(secret: string, text: string) {
  const session = new Session({ machine: realMachine(), stateFolder: '/nowhere', environment: {} })
  session.vault.put('test', secret)
  const answers = exampleAnswers('docker', 'linux')
  const { proof, written } = sampleReport()
  const problem = {
    code: 'c',
    what: text,
    cause: text,
    next: text,
    untouched: text,
    details: [text],
    where: { file: text },
  }
  const diagnosis = {
    id: 'd',
    cause: text,
    remedy: { text, command: text, sql: text },
    evidence: [{ label: text, value: text }],
  }
  const run: RunView = {
    id: 'r1',
    title: text,
    practice: false,
    status: 'undo-failed',
    steps: [{ id: 'a', title: text, group: 'files', state: 'failed', ms: 1, summary: text }],
    fraction: 0.5,
    startedAt: '2026-03-04T05:06:07.000Z',
    elapsedMs: 1000,
    log: [{ at: '', step: 'a', text, level: 'info' }],
    failure: { step: 'a', title: text, problem, diagnosis },
    undoFailures: [{ step: 'a', title: text, problem }],
  }
  const plan = { title: text, practice: false, steps: [], warnings: [], untouched: [text] }
  const facts = { client: { id: text } }
  const prepared = {
    id: 'p',
    scenario: 'new-installation',
    answers: { ...answers, publicUrl: text },
    plan,
    facts,
  } as unknown as Prepared
  return reportOf(session, {
    prepared,
    run,
    found: new Map([['a', { state: 'absent', evidence: [text] }]]),
    written: written.map((file) => ({ ...file, path: text, backup: text })),
    proof: proof.map((check) => ({
      ...check,
      summary: text,
      cause: text,
      evidence: [{ label: text, value: text }],
    })),
  })
}

it.each(Object.entries(spellings))('a report holds no secret that came spelled as %s', (_, spell) =>
  fc.assert(
    fc.property(secrets, (secret) => {
      const spelled = spell(secret)
      const report = reportWith(secret, `before ${spelled} after`)
      for (const text of [reportJson(report), reportHtml(report)]) {
        expect(text).toContain('[hidden]')
        expect(text).not.toContain(CANARY)
        expect(text).not.toContain(Buffer.from(secret).toString('base64').slice(4, -4))
      }
    }),
    { numRuns: 30 },
  ),
)

it('a report names each secret by its reference only', () => {
  const report = reportWith('Canary-7f3k', 'text')
  expect(report.asked).toContainEqual({ label: 'database.password', value: 'env:IDENTITY_DB_PASSWORD' })
  expect(report.asked).toContainEqual({ label: 'client.secret', value: 'generate' })
})
