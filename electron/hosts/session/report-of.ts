import { hostname, release, type as systemType, userInfo } from 'node:os'
import type { CertificateFacts } from '../../contract/certificate.ts'
import type { CheckReport, Evidence } from '../../contract/check.ts'
import type { RunOutcome, RunView } from '../../contract/run.ts'
import type { Report } from '../../report/report.ts'
import type { Found, WrittenFile } from '../../setup/step.ts'
import { clientIn, type Prepared, type PreparedClientChange } from './prepared.ts'
import type { Session } from './session.ts'
import { BACK_UP_CLIENT } from '../../scenarios/change-client/removal.ts'
import { creatioSettings } from '../../scenarios/change-client/warnings.ts'
import { layoutOf } from '../../scenarios/new-installation/layout.ts'

export interface ReportSources {
  readonly prepared: Prepared
  readonly run: RunView
  readonly found: ReadonlyMap<string, Found>
  readonly written: readonly WrittenFile[]
  readonly proof: readonly CheckReport[]
  /** The certificate that the service signs with now, where it is known. */
  readonly certificate?: CertificateFacts
}

/** The report of a run, redacted. */
export function reportOf(session: Session, sources: ReportSources): Report {
  const { prepared, run, found, written, proof, certificate } = sources
  const { answers, plan } = prepared
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
    ...(certificate ? { certificate: certificateRows(certificate) } : {}),
    settings: works ? settingsFor(prepared) : [],
    next: works
      ? [...failedProofs(proof), ...nextSteps(prepared), KEEP]
      : ['Correct what is named above, then run the setup again with the same answers.'],
  })
}

/** What a run that succeeded leaves to the installer: Creatio’s settings where it has any, and what to do. Redacted. */
export function leftToDo(
  { redactor }: Session,
  prepared: Prepared,
): { readonly settings: readonly Evidence[]; readonly next: readonly string[] } {
  return redactor.redactData({ settings: settingsFor(prepared), next: nextSteps(prepared) })
}

/** The three system settings of Creatio, and where their values are. */
function settingsFor(prepared: Prepared): Evidence[] {
  const client = clientIn(prepared)
  if (!client || prepared.scenario === 'replace-certificate') return []
  const { publicUrl, settings } =
    prepared.scenario === 'new-installation' ? layoutOf(prepared.answers) : prepared.facts.found.installation
  return [
    { label: 'OAuth20IdentityServerUrl', value: publicUrl },
    { label: 'OAuth20IdentityServerClientId', value: client.id },
    { label: 'OAuth20IdentityServerClientSecret', value: `Clients in ${settings}` },
  ]
}

function certificateRows({ subject, thumbprint, key, notAfter, daysLeft }: CertificateFacts): Evidence[] {
  const end = notAfter.slice(0, 10)
  const left = daysLeft === 1 ? '1 day' : `${daysLeft} days`
  return [
    { label: 'Subject', value: subject },
    { label: 'Thumbprint', value: thumbprint },
    { label: 'Key', value: key },
    { label: 'Valid to', value: daysLeft < 0 ? `${end}: it has ended` : `${end}, ${left} left` },
  ]
}

function failedProofs(proof: readonly CheckReport[]): string[] {
  return proof.some(({ status }) => status === 'failed')
    ? ['Look at the proofs that failed, and follow their remedies.']
    : []
}

const CHECK_CONNECTION =
  'In Creatio, check the connection in the section “OAuth 2.0 integrated applications”.'
const KEEP = 'Keep this report with the change ticket. It holds no secrets.'

function nextSteps(prepared: Prepared): string[] {
  if (prepared.scenario === 'new-installation')
    return ['In Creatio, fill in the three system settings named above.', CHECK_CONNECTION]
  if (prepared.scenario === 'change-client') return afterClientChange(prepared)
  const { creatio } = prepared.answers
  return [
    ...(creatio?.pool === undefined && creatio?.container === undefined
      ? ['Restart Creatio, so that it reads the new key.']
      : []),
    'Check each integration that uses OAuth 2.0: it has to fetch a new token.',
    'Keep the copy of the former certificate until everything is known to work, then delete it.',
  ]
}

function afterClientChange({ answers, facts, plan }: PreparedClientChange): string[] {
  const following = creatioSettings(answers, facts)
  return [
    following.length === 0
      ? 'Creatio’s system settings stay as they are.'
      : `In Creatio, change ${following.join(' and ')}: until then it gets no tokens.`,
    CHECK_CONNECTION,
    ...(plan.steps.some(({ id }) => id === BACK_UP_CLIENT)
      ? ['Keep the file with the former rows until everything is known to work, then delete it.']
      : []),
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
