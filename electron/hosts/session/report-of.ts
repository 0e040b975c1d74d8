import { hostname, release, type as systemType, userInfo } from 'node:os'
import type { CheckReport, Evidence } from '../../contract/check.ts'
import type { RunOutcome, RunView } from '../../contract/run.ts'
import type { Report } from '../../report/report.ts'
import type { Found, WrittenFile } from '../../setup/step.ts'
import type { Prepared, Session } from './session.ts'
import { layoutOf } from '../../scenarios/new-installation/layout.ts'

export interface ReportSources {
  readonly prepared: Prepared
  readonly run: RunView
  readonly found: ReadonlyMap<string, Found>
  readonly written: readonly WrittenFile[]
  readonly proof: readonly CheckReport[]
}

/** The report of a run, redacted. */
export function reportOf(session: Session, sources: ReportSources): Report {
  const { prepared, run, found, written, proof } = sources
  const { answers, facts, plan } = prepared
  const layout = layoutOf(answers)
  const endedAt = new Date(Date.parse(run.startedAt) + run.elapsedMs).toISOString()
  const works = run.status === 'done' || run.status === 'as-wanted'
  return session.redactor.redactData({
    program: 'Identity Service Setup',
    title: plan.practice ? `${plan.title} (practice run)` : plan.title,
    practice: plan.practice,
    outcome: outcomeOf(run),
    startedAt: run.startedAt,
    endedAt,
    ms: run.elapsedMs,
    machine: [
      { label: 'Server', value: hostname() },
      { label: 'System', value: `${systemType()} ${release()}` },
      { label: 'User', value: userInfo().username },
    ],
    asked: flattened(answers),
    found: plan.steps.map(({ id, title }) => ({
      label: title,
      value: found.get(id)?.evidence.join(' ') ?? '',
    })),
    steps: run.steps,
    written,
    proof,
    ...(run.failure ? { failure: run.failure } : {}),
    undoFailures: run.undoFailures,
    settings: works
      ? [
          { label: 'OAuth20IdentityServerUrl', value: layout.publicUrl },
          { label: 'OAuth20IdentityServerClientId', value: facts.client.id },
          { label: 'OAuth20IdentityServerClientSecret', value: `Clients in ${layout.settings}` },
        ]
      : [],
    next: works
      ? nextSteps(proof)
      : ['Correct what is named above, then run the setup again with the same answers.'],
  })
}

function nextSteps(proof: readonly CheckReport[]): string[] {
  return [
    ...(proof.some(({ status }) => status === 'failed')
      ? ['Look at the proofs that failed, and follow their remedies.']
      : []),
    'In Creatio, fill in the three system settings named above.',
    'In Creatio, check the connection in the section “OAuth 2.0 integrated applications”.',
    'Keep this report with the change ticket. It holds no secrets.',
  ]
}

function outcomeOf({ status }: RunView): RunOutcome {
  return status === 'running' || status === 'stopping' || status === 'undoing' ? 'stopped' : status
}

/** Answers as rows: `container.httpPort` → `8090`. Secrets are references by their nature. */
function flattened(value: unknown, path = ''): Evidence[] {
  if (value === null || typeof value !== 'object') return [{ label: path, value: String(value) }]
  return Object.entries(value).flatMap(([key, item]) => flattened(item, path === '' ? key : `${path}.${key}`))
}
