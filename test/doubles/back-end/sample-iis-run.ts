import type { RunView } from '../../../electron/contract/run.ts'
import type { HandOverView, InstallationView } from '../../../electron/contract/views.ts'
import { iisPlan } from './sample-iis-plan.ts'

// A run and installations under IIS. All names and addresses are invented.

const failedAt = iisPlan.steps.findIndex(({ id }) => id === 'answer')

/** IIS answers 500.30: the service ended while it was starting. */
export const iisRunFailed: RunView = {
  id: 'run-iis',
  title: 'New installation',
  practice: false,
  status: 'failed',
  steps: iisPlan.steps.map(({ id, title, group }, index) => ({
    id,
    title,
    group,
    state: index < failedAt ? 'done' : index === failedAt ? 'failed' : 'waiting',
    ...(index <= failedAt ? { ms: 300 + index * 900 } : {}),
  })),
  fraction: 0.8,
  startedAt: '2026-11-21T14:12:27Z',
  elapsedMs: 71_000,
  log: [
    {
      at: '2026-11-21T14:13:38Z',
      step: 'answer',
      text: 'HTTP Error 500.30 from http://localhost:8090/',
      level: 'error',
    },
  ],
  failure: {
    step: 'answer',
    title: 'Wait for the service',
    problem: {
      code: 'service.not-answering',
      what: 'The service ends while it is starting; IIS answers 500.30.',
      where: { step: 'answer' },
      next: 'Look into the stdout log.',
    },
    diagnosis: {
      id: 'certificate.profile',
      cause: 'The private key of openssl.pfx cannot be loaded: the application pool has no user profile.',
      remedy: {
        text: 'Switch Load User Profile on, then try the step again:',
        command: 'appcmd set apppool IdentityService /processModel.loadUserProfile:true',
      },
      evidence: [
        { label: 'HTTP status', value: '500.30' },
        { label: 'Application pool', value: 'Started' },
        { label: 'Website', value: 'Started' },
        {
          label: 'Event 1018, IIS AspNetCore Module V2',
          value:
            "Application '/LM/W3SVC/4/ROOT' with physical root 'C:\\IdentityService\\' has exited from Program.Main with exit code = '0xe0434352'. Please check the stderr logs for more information.",
        },
        {
          label: 'Log',
          value:
            'Unhandled exception. Internal.Cryptography.CryptoThrowHelper+WindowsCryptographicException: The system cannot find the file specified.\n   at Internal.Cryptography.Pal.CertificatePal.FilterPFXStore(ReadOnlySpan`1 rawData, SafePasswordHandle password, PfxCertStoreFlags pfxCertStoreFlags)\n   at IdentityService.Startup.ConfigureServices(IServiceCollection services)',
        },
      ],
    },
  },
  undoFailures: [],
}

export const iisInstallation: InstallationView = {
  id: '5f0c2a9d7e31',
  name: 'IdentityService',
  hosting: 'iis',
  practice: false,
  publicUrl: 'https://identity.corp.example:8443',
  target: 'C:\\IdentityService',
  installedAt: '2026-11-21T14:14:00Z',
  stdoutLog: true,
  certificateEnds: '2029-11-20T12:00:00Z',
  certificateDaysLeft: 1095,
}

export const iisHandOver: HandOverView = {
  identityServiceUrl: iisInstallation.publicUrl,
  clientId: 'Idn7Qx2VtK9wLr4B',
  clientSecret: 'vault:client.secret',
  installation: iisInstallation,
  report: { seconds: 88, writtenFiles: 5, backups: 0 },
}
