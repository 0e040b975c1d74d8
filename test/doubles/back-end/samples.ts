import type { Answers } from '../../../electron/contract/answers.ts'
import type {
  HostView,
  InstallationView,
  MachineView,
  ServiceView,
} from '../../../electron/contract/views.ts'
import { certificateReplies } from './sample-certificates.ts'
import { clientReplies } from './sample-client.ts'
import { prerequisitesMixed, proofPassed } from './sample-checks.ts'
import { creatio, databaseReplies } from './sample-database.ts'
import { samplePlan } from './sample-plan.ts'
import { iisFound } from './sample-replacement.ts'
import { runRunning } from './sample-runs.ts'
import { bundle, website } from './sample-website.ts'
import type { Script } from './scripted.ts'

// All names, addresses, versions and secrets here are invented.

const host: HostView = {
  host: 'desktop',
  version: '0.1.0',
  platform: 'win32',
  dialogs: true,
  pdf: true,
}

const installation: InstallationView = {
  id: 'identity-test',
  name: 'identity-test',
  hosting: 'docker',
  practice: false,
  publicUrl: 'https://app01.corp.example:8091',
  target: '/srv/identity-test',
  installedAt: '2025-11-20T09:12:00Z',
  certificateEnds: '2026-12-10T00:00:00Z',
  certificateDaysLeft: 19,
}

export const machine: MachineView = {
  server: 'APP01.corp.example',
  system: 'Debian GNU/Linux 12',
  user: 'a.martin',
  runtimes: ['Microsoft.AspNetCore.App 8.0.22'],
  docker: { usable: true, version: '28.2.2', summary: 'Answers, Linux containers' },
  installations: [installation],
  interrupted: [
    {
      id: 'run-7',
      scenario: 'new-installation',
      title: 'New installation',
      practice: false,
      startedAt: '2026-11-20T16:42:00Z',
      doneSteps: 6,
      allSteps: 9,
      lastStep: 'Build the image',
    },
  ],
  tookMs: 1800,
}

export const service: ServiceView = {
  source: '/media/creatio-8.3.2/IdentityService.zip',
  kind: 'archive',
  files: 412,
  bytes: 118_400_000,
  runtime: '.NET 8.0 (Microsoft.AspNetCore.App 8.0.10)',
  dockerfile: true,
  warnings: [],
  suggestedTarget: '/srv/identity-service',
}

export const answers: Answers = {
  version: 1,
  scenario: 'new-installation',
  hosting: 'docker',
  service: { source: service.source, target: '/srv/identity-service' },
  creatio: { folder: creatio.folder },
  database: {
    from: 'fields',
    provider: 'PostgreSQL',
    server: 'db01.corp.example',
    port: 5432,
    database: 'creatio_prod',
    user: 'creatio',
    password: 'vault:database.password',
  },
  client: { id: 'Idn7Qx2VtK9wLr4B', name: 'Creatio system client', secret: 'vault:client.secret' },
  certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service APP01', days: 1095 },
  container: {
    name: 'identity-service',
    image: 'identity-service:latest',
    settings: 'mounted-file',
    httpPort: 8090,
    restart: 'unless-stopped',
  },
  logging: { level: 'Warning', stdout: false },
}

export const practiceAnswers: Answers = {
  version: 1,
  scenario: 'new-installation',
  hosting: 'iis',
  practice: true,
  service: {
    source: '/home/a.martin/identity-practice/IdentityService.zip',
    target: '/home/a.martin/identity-practice/IdentityService',
  },
  creatio: { folder: '/home/a.martin/identity-practice/creatio' },
  database: { from: 'practice' },
  client: { id: 'generate', name: 'Creatio system client', secret: 'generate' },
  certificate: { from: 'new', key: 'RSA-2048', subject: 'CN=Identity Service practice', days: 1095 },
  website: {
    site: 'IdentityService',
    pool: 'IdentityService',
    identity: { account: 'ApplicationPoolIdentity' },
    http: { port: 8090, redirect: true },
    https: { port: 8443, certificate: { from: 'self-signed' } },
  },
  logging: { level: 'Information', stdout: true },
}

const saved = { kind: 'saved', path: '/home/a.martin/identity-service.json', bytes: 1204 } as const

export const sampleReplies: Script = {
  ...certificateReplies,
  ...clientReplies,
  ...databaseReplies,
  'host.look': () => host,
  'machine.look': () => machine,
  'dialog.open': () => null,
  'clipboard.write': () => null,
  'service.look': () => service,
  'target.look': () => ({ state: 'absent', evidence: [], freeBytes: 41_200_000_000 }),
  'replacement.look': () => iisFound,
  'container.check': () => [],
  'secret.put': (input) => ({ ref: `vault:${input.name}`, length: input.value.length }),
  'secret.reveal': () => ({ value: 'r8Vb-3nKq.Zt6_Ld2_Yw9Hs4=Mf7Jx1C' }),
  'secret.copy': () => ({ clearsAfterSeconds: 60 }),
  'ports.suggest': () => ({ http: 8090, https: 8443 }),
  'website.look': () => website,
  'website.check': () => ({ notes: [], takeOver: [] }),
  'bundle.look': () => bundle,
  'script.make': () => ({
    name: 'install-identity-service.ps1',
    text: 'appcmd add apppool /name:IdentityService',
  }),
  'script.save': () => saved,
  'task.run': () => runRunning,
  'prerequisites.check': () => prerequisitesMixed,
  'plan.make': () => ({ plan: samplePlan }),
  'answers.save': () => saved,
  'answers.open': () => answers,
  'run.start': () => runRunning,
  'run.look': () => null,
  'run.stop': () => ({ ...runRunning, status: 'stopping' }),
  'run.retry': () => runRunning,
  'run.rollback': () => ({ ...runRunning, status: 'undoing' }),
  'proof.start': () => proofPassed,
  'handover.look': () => ({
    identityServiceUrl: 'http://app01.corp.example:8090',
    clientId: 'Idn7Qx2VtK9wLr4B',
    clientSecret: 'vault:client.secret',
    installation: {
      ...installation,
      name: 'identity-service',
      target: '/srv/identity-service',
      certificateEnds: '2029-11-20T12:00:00Z',
      certificateDaysLeft: 1095,
    },
    report: { seconds: 72, writtenFiles: 4, backups: 0 },
  }),
  'report.save': () => saved,
  'logs.list': () => [
    { name: 'run.jsonl', bytes: 18_220 },
    { name: 'journal.jsonl', bytes: 6_104 },
    { name: 'container.log', bytes: 240_500 },
    { name: 'machine.json', bytes: 1_930 },
  ],
  'logs.save': () => saved,
  'practice.start': () => practiceAnswers,
  'installation.check': () => proofPassed,
  'interrupted.resume': () => answers,
  'interrupted.rollback': () => ({ ...runRunning, status: 'undoing' }),
  'interrupted.discard': () => null,
  'operation.cancel': () => null,
  'window.close': () => null,
}
