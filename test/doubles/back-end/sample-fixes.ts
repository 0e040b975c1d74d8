import type { CheckReport } from '../../../electron/contract/check.ts'
import type { RunView } from '../../../electron/contract/run.ts'
import type { BundleView } from '../../../electron/contract/views.ts'
import { prerequisitesPassed } from './sample-checks.ts'
import { bundle } from './sample-website.ts'

// Prerequisites of a Windows server, and what becomes of their fixes. All names here are invented.

const restarts = 'IIS is restarted: every website of this server is away for a moment.'

const features: CheckReport = {
  id: 'iis.features',
  title: 'IIS',
  status: 'failed',
  why: 'The service runs in IIS, and is set up with its scripting tools.',
  summary: '2 features of IIS are off.',
  ms: 210,
  evidence: [{ label: 'Off', value: 'IIS-ManagementScriptingTools\nIIS-HttpRedirect' }],
  remedy: {
    text: 'Enable them.',
    command:
      'dism /online /enable-feature /featurename:IIS-ManagementScriptingTools /featurename:IIS-HttpRedirect /all /norestart',
  },
  fix: {
    task: 'enable-iis-features',
    label: 'Enable IIS features',
    command:
      'dism /online /enable-feature /featurename:IIS-ManagementScriptingTools /featurename:IIS-HttpRedirect /all /norestart',
    elevation: true,
    disturbs: 'Websites that run go on running. Windows takes a few minutes.',
    needsFile: false,
  },
}

const runtime: CheckReport = {
  id: 'iis.runtime',
  title: '.NET runtime',
  status: 'failed',
  why: 'The service is built for one version of ASP.NET Core, and ends with 500.31 where it is missing.',
  summary: 'Microsoft.AspNetCore.App 8.0.10 is not installed.',
  ms: 90,
  evidence: [
    { label: 'Needed', value: 'Microsoft.AspNetCore.App 8.0.10' },
    { label: 'Installed', value: '6.0.36' },
  ],
  cause: 'A newer major version does not take its place.',
  remedy: { text: 'Install the ASP.NET Core Hosting Bundle 8.0.' },
  fix: {
    task: 'install-hosting-bundle',
    label: 'Install the Hosting Bundle…',
    command: 'dotnet-hosting-8.x.x-win.exe /install /quiet /norestart',
    elevation: true,
    disturbs: restarts,
    needsFile: true,
  },
}

const others = prerequisitesPassed.filter(({ id }) => id.startsWith('service.') || id.startsWith('creatio.'))

const sound = (check: CheckReport, summary: string): CheckReport => {
  const { fix: _fix, remedy: _remedy, cause: _cause, ...rest } = check
  return { ...rest, status: 'passed', summary, evidence: [] }
}

/** IIS lacks features; the runtime is there. */
export const featuresOff: readonly CheckReport[] = [
  ...others,
  features,
  sound(runtime, 'ASP.NET Core 8.0.22 is installed.'),
]

/** IIS is whole; the runtime is missing. */
export const runtimeMissing: readonly CheckReport[] = [
  ...others,
  sound(features, 'IIS and its features are on.'),
  runtime,
]

export const allSound: readonly CheckReport[] = [
  ...others,
  sound(features, 'IIS and its features are on.'),
  sound(runtime, 'ASP.NET Core 8.0.22 is installed.'),
]

export const bundleRefused: BundleView = {
  ...bundle,
  file: 'D:\\Downloads\\dotnet-hosting-8.0.22-win (1).exe',
  signer: 'Contoso Test Signing',
  trusted: false,
  refused: 'It has no valid signature of Microsoft (NotTrusted).',
}

export const taskDone: RunView = {
  id: 'task-1',
  title: 'Enable IIS features',
  practice: false,
  status: 'done',
  steps: [{ id: 'enable', title: 'Enable 2 features', group: 'windows', state: 'done', ms: 151_000 }],
  fraction: 1,
  startedAt: '2026-11-21T14:10:00Z',
  elapsedMs: 151_000,
  log: [],
  undoFailures: [],
}

export const taskTakenBack: RunView = {
  ...taskDone,
  status: 'undone',
  failure: {
    step: 'enable',
    title: 'Enable 2 features',
    problem: {
      code: 'windows.features-source',
      what: 'Windows has not the files of these features on this server.',
      cause: 'They were removed from it, and Windows Update gives none.',
      next: 'Enable them in Server Manager with the installation media as alternate source.',
      details: ['Error: 0x800f081f', 'The source files could not be found.'],
    },
  },
}
