import type { CheckReport } from '../../contract/check.ts'
import { SetupError } from '../../contract/problem.ts'
import { findingOf } from '../../checks/check.ts'
import { prove } from '../../checks/proof/prove.ts'
import type { ServiceLook } from '../../checks/proof/subject.ts'
import { containerLog, inspectContainer } from '../../docker/container.ts'
import { hasStopped } from '../../iis/evidence.ts'
import type { HttpAnswer, Machine } from '../../machine/machine.ts'
import { readClients } from '../../service/clients.ts'
import type { Installation } from '../../service/installation.ts'
import {
  askService,
  evidenceOf,
  hasEnded,
  nameOf,
  placeOf,
  type ServicePlace,
} from '../../steps/service-place.ts'
import { databaseOfService } from '../../steps/service-database.ts'
import { filesOf } from '../../steps/service-settings.ts'
import type { Session } from './session.ts'

/** How far back events count of a service that has stopped, and how far before the question of one that runs. */
const DAY_MS = 86_400_000
const SLACK_MS = 5000

export interface ProofRun {
  readonly onCheck?: (check: CheckReport) => void
  readonly signal?: AbortSignal
}

/**
 * Proves an installation from what its own files say: the service reads the same ones. Each report is redacted.
 * Never rejects: when those files cannot be read, that is the one report, and it has failed.
 */
export async function proveInstallation(
  session: Session,
  installation: Installation,
  run: ProofRun = {},
): Promise<readonly CheckReport[]> {
  try {
    return await proveFromFiles(session, installation, run)
  } catch (error) {
    const report = session.redactor.redactData<CheckReport>({
      id: 'proof.settings',
      title: 'Settings of the installation',
      why: 'The service is asked with what its own settings say.',
      ms: 0,
      evidence: [],
      ...findingOf(error),
    })
    run.onCheck?.(report)
    return [report]
  }
}

async function proveFromFiles(
  session: Session,
  installation: Installation,
  { onCheck, signal }: ProofRun,
): Promise<readonly CheckReport[]> {
  const { redactor } = session
  const machine = session.machineOf(installation)
  const { tlsCertificate, settings: file } = installation
  const place = placeOf(installation)
  const settings = await machine.files.read(file)
  if (!settings) throw missingSettings(file)
  const client = readClients(settings, file).find(({ id }) => id === installation.clientId)
  const secret = client?.secrets[0]
  if (secret) redactor.register(secret)
  const pem = tlsCertificate === undefined ? undefined : await machine.files.read(tlsCertificate)
  const trust = pem && Buffer.from(pem).toString('utf8')
  const checks = await prove(
    {
      machine,
      publicUrl: installation.publicUrl,
      localUrl: installation.localUrl,
      ...(trust === undefined ? {} : { trust }),
      pfx: installation.pfx,
      database: () =>
        databaseOfService(machine, filesOf(installation), (...secrets) => redactor.register(...secrets)),
      client: { id: installation.clientId, ...(secret ? { secret } : {}) },
      hide: (token) => redactor.register(token),
      service: (since: Date) =>
        place.kind === 'container'
          ? lookAtContainer(session, place, since)
          : lookAtWebsite(session, machine, place, {
              since,
              ask: () => askService(machine, installation.localUrl, trust),
            }),
    },
    {
      ...(signal ? { signal } : {}),
      ...(onCheck ? { onCheck: (check) => onCheck(redactor.redactData(check)) } : {}),
    },
  )
  return session.redactChecks(checks)
}

/** What the engine says of the service's container: of one that runs, what it wrote while it was asked. */
async function lookAtContainer(
  { machine, redactor }: Session,
  place: Extract<ServicePlace, { kind: 'container' }>,
  since: Date,
): Promise<ServiceLook> {
  const { name } = place
  const words = nameOf(place)
  const container = await inspectContainer(machine, name)
  if (!container) return { name: words, ended: true, log: '' }
  const ended = container.state !== 'running' || container.restarts > 0
  const log = await containerLog(machine, name, ended ? {} : { since })
  return {
    name: words,
    ended,
    ...(container.state === 'running' ? {} : { exitCode: container.exitCode }),
    log: redactor.redact(log.join('\n')),
    start: `docker start ${name}`,
  }
}

/**
 * What IIS says of the service, and what it answers in its place: a service that could not start is not tried again,
 * so what was recorded of it may be older than the question.
 */
async function lookAtWebsite(
  { redactor }: Session,
  machine: Machine,
  place: Extract<ServicePlace, { kind: 'website' }>,
  { since, ask }: { readonly since: Date; readonly ask: () => Promise<HttpAnswer | undefined> },
): Promise<ServiceLook> {
  const [stopped, answer] = await Promise.all([hasStopped(machine, place), ask()])
  const failed = (await hasEnded(machine, place, answer)) !== undefined
  const sinceMs = failed ? DAY_MS : machine.clock.now().getTime() - since.getTime() + SLACK_MS
  const { evidence } = await evidenceOf(machine, place, { sinceMs, answer })
  const log = redactor.redact(evidence.log ?? '')
  return {
    name: nameOf(place),
    ended: stopped,
    ...(failed && !stopped ? { failedAtStart: true as const } : {}),
    log,
    evidence: redactor.redactData({ ...evidence, log }),
    start: `appcmd start apppool "${place.pool}" & appcmd start site "${place.site}"`,
  }
}

function missingSettings(file: string): SetupError {
  return new SetupError({
    code: 'installation.no-settings',
    what: 'The settings of this installation are not there.',
    where: { file },
    next: 'Check whether the folder was moved or removed.',
  })
}
