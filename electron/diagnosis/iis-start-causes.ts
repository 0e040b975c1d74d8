import { disabledForCrashes, is, named, recordedByModule, type IisCause } from './iis-sight.ts'

const ERRORS = 'https://learn.microsoft.com/aspnet/core/test/troubleshoot-azure-iis'
const LOGGING = 'https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/logging-and-diagnostics'

/** Where IIS says only that the service did not start: they are told when no log says why. */
export const iisStartCauses: readonly IisCause[] = [
  {
    id: 'iis.silent-end',
    shows: ({ events }) => recordedByModule(events, [1011]),
    cause: () =>
      'The service ended without a word. Versions before 8.3.1 do so when the PFX file in X509CertificatePath is missing or cannot be read.',
    remedy: () => ({
      text: 'Check that the PFX file exists under X509CertificatePath, and that the account of the pool may read it.',
    }),
  },
  {
    id: 'iis.runtime-missing',
    shows: ({ status, subStatus }) => is(status, subStatus, 500, 31),
    cause: () => 'The .NET runtime that IdentityService.runtimeconfig.json names is not installed.',
    remedy: () => ({
      text: 'Install the ASP.NET Core Hosting Bundle of that version, then restart IIS.',
      command: 'net stop was /y && net start w3svc',
    }),
    see: ERRORS,
  },
  {
    id: 'iis.start-too-slow',
    shows: ({ status, subStatus }) => is(status, subStatus, 500, 37),
    cause: () =>
      'The service did not start within the time that IIS gives it, 120 seconds unless web.config says otherwise. Mostly it waits for a database that does not answer.',
    remedy: () => ({
      text: 'Check that the server reaches the database; raise startupTimeLimit in web.config only when it does.',
    }),
    see: ERRORS,
  },
  {
    id: 'iis.start-exception',
    shows: ({ status, subStatus }) => is(status, subStatus, 500, 30),
    cause: () => 'The service ended while it was starting, and left no words that say why.',
    remedy: () => ({
      text: 'Set stdoutLogEnabled to true in web.config, ask again, and read the newest file in the logs folder.',
    }),
    see: LOGGING,
  },
  {
    id: 'iis.process-start',
    shows: ({ status, subStatus }) => is(status, subStatus, 502, 5),
    cause: () =>
      'The service has a process of its own here, and that process did not start or does not answer.',
    remedy: () => ({
      text: 'Set stdoutLogEnabled to true in web.config, ask again, and read the newest file in the logs folder.',
    }),
    see: LOGGING,
  },
  {
    id: 'iis.handler-load',
    shows: ({ status, subStatus }) => is(status, subStatus, 500, 0),
    cause: () => 'The ASP.NET Core module could not load what it needs to start the service.',
    remedy: () => ({
      text: 'Read the records of “IIS AspNetCore Module V2” in the Application event log, and repair the Hosting Bundle.',
    }),
    see: ERRORS,
  },
  {
    id: 'iis.pool-crashed',
    shows: ({ events }) => disabledForCrashes(events),
    cause: ({ pool }) =>
      `The worker process of the application pool${named(pool)} ended again and again, so IIS has disabled the pool.`,
    remedy: ({ pool = 'POOL' }) => ({
      text: 'Read the Application event log for the reason, correct it, then start the pool.',
      command: `%windir%\\system32\\inetsrv\\appcmd start apppool "${pool}"`,
    }),
  },
]
