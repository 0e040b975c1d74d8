import type { LogLine, RunView, StepProgress } from '../../../electron/contract/run.ts'
import { samplePlan } from './sample-plan.ts'

const times = [11_400, 200, 300, 21_900, 1_600, 900, 38_200]

/** Steps of the sample plan: `at` of them done, the next one in `state`. */
function stepsAt(at: number, state: StepProgress['state']): StepProgress[] {
  return samplePlan.steps.map((step, index) => ({
    id: step.id,
    title: step.title,
    group: step.group,
    state: index < at ? 'done' : index === at ? state : 'waiting',
    ...(index < at || (index === at && state === 'failed') ? { ms: times[index] ?? 100 } : {}),
  }))
}

const log: readonly LogLine[] = [
  ['14:12:38', 'extract', '412 files extracted through staging, 118 MB'],
  ['14:12:39', 'settings', 'appsettings.json written, read back and equal, SHA-256 41c0…9a2e'],
  ['14:12:39', 'certificate', 'openssl.pfx, 2,501 bytes, SHA-256 9c41…b07e, read back and equal'],
  ['14:12:40', 'image', 'docker build --file Dockerfile-OAuth --tag identity-service:latest'],
  ['14:12:51', 'image', 'Step 4/9 : COPY . .'],
  ['14:13:02', 'image', 'built identity-service:latest, sha256:77b1…'],
  ['14:13:03', 'container', 'docker create → 5f2ab1c0e4d7'],
  ['14:13:04', 'start', 'docker start → running'],
  ['14:13:07', 'answer', 'uses password=[hidden] of creatio on db01.corp.example'],
  ['14:13:08', 'answer', 'GET http://localhost:8090/.well-known/openid-configuration'],
  ['14:13:12', 'answer', 'waiting for the service, 4 s of at most 120 s'],
].map(([time, step, text]) => ({ at: `2026-11-21T${time}`, step: step!, text: text!, level: 'info' }))

export const runRunning: RunView = {
  id: 'run-1',
  title: 'New installation',
  practice: false,
  status: 'running',
  steps: stepsAt(6, 'running'),
  fraction: 0.75,
  startedAt: '2026-11-21T14:12:27Z',
  elapsedMs: 45_000,
  log,
  undoFailures: [],
}

export const runFailed: RunView = {
  ...runRunning,
  status: 'failed',
  steps: stepsAt(6, 'failed'),
  elapsedMs: 56_000,
  log: [
    ...log.slice(0, -1),
    {
      at: '2026-11-21T14:13:46',
      step: 'answer',
      text: 'the container ended with exit code 139',
      level: 'error',
    },
  ],
  failure: {
    step: 'answer',
    title: 'Wait for the service',
    problem: {
      code: 'service.not-answering',
      what: 'The service starts, connects to creatio_prod as creatio, and ends while creating its tables.',
      where: { step: 'answer' },
      next: 'Look into the log of the container.',
      details: [
        'GET http://localhost:8090/.well-known/openid-configuration: connection refused, 8 times in 38 s',
      ],
    },
    diagnosis: {
      id: 'database.schema-rights',
      cause: 'The service may not create tables in schema “public”.',
      remedy: {
        text: 'Let the owner of the database run this, then try the step again:',
        sql: 'GRANT USAGE, CREATE ON SCHEMA public TO creatio;',
      },
      evidence: [
        {
          label: 'Log of the container',
          value:
            'Npgsql.PostgresException (0x80004005): 42501: permission denied for schema public\n   at IdentityService.Program.Main(String[] args)',
        },
      ],
    },
  },
}

export const runUndoFailed: RunView = {
  ...runFailed,
  status: 'undo-failed',
  steps: stepsAt(6, 'failed').map((step) =>
    step.id === 'image'
      ? { ...step, state: 'undo-failed' }
      : step.state === 'done'
        ? { ...step, state: 'undone' }
        : step,
  ),
  undoFailures: [
    {
      step: 'image',
      title: 'Build the image',
      problem: {
        code: 'docker.image-in-use',
        what: 'The image identity-service:latest could not be removed.',
        cause: 'Another container uses it.',
        next: 'Remove that container, then the image.',
        details: ['Error response from daemon: conflict: unable to remove repository reference (must force)'],
      },
    },
  ],
}

/** Everything that was done is taken back again. */
export const runUndone: RunView = {
  ...runFailed,
  status: 'undone',
  steps: stepsAt(6, 'waiting').map((step) => (step.state === 'done' ? { ...step, state: 'undone' } : step)),
}
