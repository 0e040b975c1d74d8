import type { ReplaceCertificateAnswers } from '../../../electron/contract/answers.ts'
import type { CheckReport } from '../../../electron/contract/check.ts'
import type { PlanStep, PlanView } from '../../../electron/contract/plan.ts'
import type { RunView } from '../../../electron/contract/run.ts'
import type { HandOverView, InstallationView, ReplacementView } from '../../../electron/contract/views.ts'
import { currentLook } from './sample-certificates.ts'
import { proofPassed } from './sample-checks.ts'
import { iisInstallation } from './sample-iis-run.ts'

// A certificate on its way out, and what replaces it. All names, addresses and numbers are invented.

export const iisFound: ReplacementView = {
  target: 'C:\\IdentityService',
  name: 'IdentityService',
  hosting: 'iis',
  publicUrl: 'https://identity.corp.example:8443',
  recorded: true,
  pfx: 'C:\\IdentityService\\openssl.pfx',
  inImage: false,
  current: currentLook,
  creatio: [
    {
      kind: 'pool',
      name: 'Creatio',
      why: 'Its website Creatio runs Terrasoft.WebHost from C:\\inetpub\\wwwroot\\Creatio.',
    },
  ],
  tokenSeconds: 3600,
  hour: { quiet: false, at: new Date(new Date().setHours(20, 0, 0, 0)).toISOString() },
}

export const dockerFound: ReplacementView = {
  ...iisFound,
  target: '/srv/identity-test',
  name: 'identity-test',
  hosting: 'docker',
  publicUrl: 'https://app01.corp.example:8091',
  recorded: false,
  pfx: '/srv/identity-test/openssl.pfx',
  inImage: true,
  current: { ...currentLook, file: '/srv/identity-test/openssl.pfx' },
  creatio: [],
  hour: { quiet: true, at: new Date().toISOString() },
}

/** Nobody without administrator rights may read the file, and the service does not answer. */
export const unseenFound: ReplacementView = {
  ...iisFound,
  recorded: false,
  unknown: {
    code: 'certificate.not-readable',
    what: 'The certificate that the service has now is not known yet.',
    cause:
      'Only an administrator may read C:\\IdentityService\\openssl.pfx, and the service does not answer.',
    next: 'Go on. Its end is seen as soon as Windows has given the rights.',
  },
}
delete (unseenFound as { current?: unknown }).current

const ended: InstallationView = {
  ...iisInstallation,
  id: '5d0b6cf1a977',
  name: 'IdentityServiceOld',
  publicUrl: 'https://app01.corp.example:8447',
  target: 'D:\\Services\\IdentityService',
  stdoutLog: false,
  certificateEnds: '2026-11-18T08:30:00Z',
  certificateDaysLeft: -3,
}

const soon: InstallationView = {
  ...iisInstallation,
  stdoutLog: false,
  certificateEnds: '2026-12-10T08:30:00Z',
  certificateDaysLeft: 19,
}

const test: InstallationView = {
  ...iisInstallation,
  id: '7b11c0de4f20',
  name: 'IdentityServiceTest',
  publicUrl: 'http://app01.corp.example:8091',
  target: 'C:\\IdentityServiceTest',
  stdoutLog: false,
}

export const installations: readonly InstallationView[] = [soon, test, ended]

export const replacementAnswers: ReplaceCertificateAnswers = {
  version: 1,
  scenario: 'replace-certificate',
  installation: { target: iisFound.target },
  certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service APP01', days: 1095 },
  creatio: { pool: 'Creatio' },
}

const step = (
  id: string,
  title: string,
  group: PlanStep['group'],
  detail: string,
  rest: Partial<PlanStep> = {},
): PlanStep => ({
  id,
  title,
  group,
  detail,
  found: 'differs',
  evidence: [],
  files: [],
  commands: [],
  sql: [],
  notes: [],
  ...rest,
})

export const replacementPlan: PlanView = {
  id: 'plan-replace',
  title: 'Replace the certificate',
  practice: false,
  elevation: 'asked',
  steps: [
    step('back-up-certificate', 'Keep the current certificate', 'certificate', 'with its rights', {
      found: 'absent',
      evidence: ['There is no copy of this certificate yet.'],
      files: [
        {
          path: 'C:\\IdentityService\\openssl-<time>.pfx',
          change: 'new',
          added: 0,
          removed: 0,
          lines: [],
          binary: 'A copy of openssl.pfx as it is, with the same rights.',
        },
      ],
    }),
    step('write-certificate', 'Write openssl.pfx', 'certificate', 'RSA 2048', {
      evidence: ['CN=Identity Service APP01, to 10 December 2026.'],
      files: [
        {
          path: iisFound.pfx,
          change: 'changed',
          added: 0,
          removed: 0,
          lines: [],
          binary: 'A new key and its certificate, to 20 November 2029.',
        },
      ],
    }),
    step('set-rights', 'Set the rights of the files', 'files', '1 file'),
    step('take-up-certificate', 'Sign with the new certificate', 'service', 'restart', {
      commands: ['appcmd recycle apppool IdentityService'],
      notes: ['Tokens are asked for meanwhile, so that the report says for how long none could be had.'],
    }),
    step('restart-creatio', 'Restart Creatio', 'service', 'pool Creatio', {
      commands: ['appcmd recycle apppool Creatio'],
    }),
    step('record-installation', 'Record the installation', 'service', ''),
  ],
  warnings: [],
  untouched: ['The database, the system client and the settings stay as they are.'],
}

const summaries: Readonly<Record<string, string>> = {
  'back-up-certificate':
    'The former certificate is kept as C:\\IdentityService\\openssl-20261121-201204.pfx.',
  'take-up-certificate':
    'Signs with 7A90E4C35B18D2F6017C9EAB43D85F21609BC7E4RS256 after 4.1 s; no token could be had for 3.4 s.',
  'restart-creatio': 'The application pool Creatio was recycled and answers.',
}

export const replacementRun: RunView = {
  id: 'run-replace',
  title: replacementPlan.title,
  practice: false,
  status: 'running',
  steps: replacementPlan.steps.map(({ id, title, group }, index) => ({
    id,
    title,
    group,
    state: index < 3 ? 'done' : index === 3 ? 'running' : 'waiting',
    ...(index < 3 ? { ms: 200 + index * 640 } : {}),
    ...(index < 3 && id in summaries ? { summary: summaries[id]! } : {}),
  })),
  fraction: 0.55,
  startedAt: '2026-11-21T20:12:02Z',
  elapsedMs: 6_000,
  log: [
    {
      at: '2026-11-21T20:12:04Z',
      step: 'back-up-certificate',
      text: summaries['back-up-certificate']!,
      level: 'info',
    },
    {
      at: '2026-11-21T20:12:05Z',
      step: 'write-certificate',
      text: 'openssl.pfx, 2,613 bytes, read back and equal',
      level: 'info',
    },
    {
      at: '2026-11-21T20:12:07Z',
      step: 'take-up-certificate',
      text: 'appcmd recycle apppool IdentityService',
      level: 'info',
    },
  ],
  undoFailures: [],
}

export const replacementDone: RunView = {
  ...replacementRun,
  status: 'done',
  fraction: 1,
  elapsedMs: 19_000,
  steps: replacementRun.steps.map((one) => ({
    ...one,
    state: 'done',
    ms: one.ms ?? 4100,
    ...(one.id in summaries ? { summary: summaries[one.id]! } : {}),
  })),
}

export const replacementProof: readonly CheckReport[] = proofPassed.filter(
  ({ id }) => !/table|client/.test(id),
)

export const replacementHandOver: HandOverView = {
  identityServiceUrl: iisFound.publicUrl,
  clientId: 'Idn7Qx2VtK9wLr4B',
  installation: { ...soon, certificateEnds: '2029-11-20T20:12:05Z', certificateDaysLeft: 1095 },
  report: { seconds: 19, writtenFiles: 2, backups: 1 },
}

export const newLook = {
  ...currentLook,
  certificate: {
    ...currentLook.certificate!,
    notBefore: '2026-11-21T20:12:05Z',
    notAfter: '2029-11-20T20:12:05Z',
    daysLeft: 1095,
    thumbprint: '7A90E4C35B18D2F6017C9EAB43D85F21609BC7E4',
  },
  warnings: [],
}
