import type { Found } from './cause.ts'
import { WAS, disabledForCrashes, is, named, recorded, type IisCause, type IisSight } from './iis-sight.ts'

const ERRORS = 'https://learn.microsoft.com/aspnet/core/test/troubleshoot-azure-iis'
const RESTART = 'net stop was /y && net start w3svc'

/** How .NET says that it found no place for a key. */
const NO_KEY = /CryptographicException: (?:The system cannot find the file specified|Keyset does not exist)/

/** Windows' records of a pool whose account cannot log on; an older system has 5051 in place of 5021. */
const IDENTITY_RECORDS = [5021, 5051, 5057]

/** Where IIS itself names the cause: no log can know better. Of these rows at most one shows. */
export const iisCauses: readonly IisCause[] = [
  {
    id: 'iis.services-stopped',
    // Their state is nobody's to know while the services of IIS do not run.
    shows: ({ pool, site }) => pool === 'Unknown' && site === 'Unknown',
    cause: () =>
      'The services of IIS do not run: the World Wide Web Publishing Service (W3SVC) and the Windows Process Activation Service (WAS). No website of this server answers.',
    remedy: () => ({ text: 'Start them.', command: 'net start w3svc' }),
  },
  {
    id: 'iis.site-stopped',
    shows: ({ site }) => site === 'Stopped',
    cause: ({ site }) => `The site${named(site)} is stopped.`,
    remedy: ({ site = 'SITE' }) => ({
      text: 'Start the site.',
      command: `%windir%\\system32\\inetsrv\\appcmd start site "${site}"`,
    }),
  },
  {
    id: 'iis.pool-batch-right',
    shows: (seen) => isIdentityRefused(seen) && seen.poolSettings.batchLogon === 'denied',
    cause: ({ pool }) =>
      `The account of the application pool${named(pool)} may not log on as a batch job, and IIS starts worker processes so. A group policy may have taken the right from IIS_IUSRS.`,
    remedy: () => ({
      text: 'Give the account the right “Log on as a batch job” in the local security policy or in the group policy that sets it, then start the pool.',
    }),
    see: 'https://learn.microsoft.com/previous-versions/windows/it-pro/windows-10/security/threat-protection/security-policy-settings/log-on-as-a-batch-job',
  },
  {
    id: 'iis.pool-identity',
    shows: (seen) => isIdentityRefused(seen) && seen.poolSettings.batchLogon !== 'denied',
    cause: ({ pool }) =>
      `Windows does not accept the account of the application pool${named(pool)}: its name or password is wrong, or it is locked or expired. IIS has disabled the pool.`,
    remedy: () => ({ text: 'Enter the account and its password again, then start the pool.' }),
  },
  {
    id: 'iis.pool-stopped',
    shows: (seen) => seen.pool === 'Stopped' && !isIdentityRefused(seen) && !disabledForCrashes(seen.events),
    cause: ({ pool }) => `The application pool${named(pool)} is stopped.`,
    remedy: ({ pool = 'POOL' }) => ({
      text: 'Start the application pool.',
      command: `%windir%\\system32\\inetsrv\\appcmd start apppool "${pool}"`,
    }),
  },
  {
    id: 'iis.user-profile',
    // The words alone mean a missing file as well; together with the setting they mean this.
    shows: ({ poolSettings }, text) => poolSettings.loadUserProfile === false && NO_KEY.test(text),
    cause: ({ pool }) =>
      `Windows has no place for the private key of the PFX file, because the application pool${named(pool)} does not load a user profile.`,
    remedy: ({ pool = 'POOL' }) => ({
      text: 'Set Load User Profile to True on the application pool, then start it again.',
      command: `%windir%\\system32\\inetsrv\\appcmd set apppool "${pool}" /processModel.loadUserProfile:true`,
    }),
    see: 'https://github.com/dotnet/runtime/issues/59329',
  },
  {
    id: 'iis.unknown-host',
    // HTTP.sys answers so; the service itself has no such answer to a GET.
    shows: ({ status }) => status === 400,
    cause: () => 'No site on that port has a binding for the host name in the address.',
    remedy: () => ({
      text: 'Use the host name of the binding, or add a binding for the name that clients use.',
    }),
  },
  {
    id: 'iis.web-config-missing',
    shows: ({ status, subStatus, webConfig }) =>
      (status === 403 && subStatus === 14) || (status === 404 && webConfig === 'missing'),
    cause: ({ folder }) =>
      `The site's physical path${folder === undefined ? '' : ` (${folder})`} holds no web.config: the site points at another folder, or the file was not copied.`,
    remedy: () => ({
      text: 'Set the physical path of the site to the folder with web.config and IdentityService.dll.',
    }),
    see: ERRORS,
  },
  {
    id: 'iis.not-found',
    shows: ({ status, webConfig }) => status === 404 && webConfig !== 'missing',
    cause: () =>
      'IIS answers and has no Identity Service at this address: another site holds the port, the service is an application below a site, or web.config is missing.',
    remedy: () => ({
      text: 'Compare the address with the bindings of the site, and its physical path with the folder of the service.',
    }),
    see: ERRORS,
  },
  {
    id: 'iis.module-before-iis',
    shows: (seen) => isUnknownConfiguration(seen) && seen.module === 'before-iis',
    cause: () =>
      'The Hosting Bundle was installed before IIS, so IIS does not know the ASP.NET Core module that web.config names.',
    remedy: () => ({
      text: 'Repair the ASP.NET Core Hosting Bundle with its installer, then restart IIS.',
      command: RESTART,
    }),
    see: 'https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/hosting-bundle',
  },
  {
    id: 'iis.module-missing',
    shows: (seen) =>
      isUnknownConfiguration(seen) && !['ready', 'before-iis', 'broken'].includes(seen.module ?? 'unknown'),
    cause: () =>
      'IIS does not know the ASP.NET Core module that web.config names: the Hosting Bundle is not installed.',
    remedy: () => ({ text: 'Install the ASP.NET Core Hosting Bundle, then restart IIS.', command: RESTART }),
    see: 'https://learn.microsoft.com/aspnet/core/host-and-deploy/iis/hosting-bundle',
  },
  {
    id: 'iis.web-config-malformed',
    shows: (seen) => isUnknownConfiguration(seen) && seen.module === 'ready',
    cause: ({ folder }) => `${inFolder(folder)} is not whole XML, or holds something that IIS does not know.`,
    remedy: () => ({
      text: 'Correct the file: compare it with the web.config in IdentityService.zip, or put its backup back.',
    }),
    see: ERRORS,
  },
  {
    id: 'iis.web-config-denied',
    shows: ({ status, subStatus, hresult }) => is(status, subStatus, 500, 19) && hresult === '0x80070005',
    cause: ({ pool, folder }) =>
      `The account of the application pool${named(pool)} may not read ${inFolder(folder)}.`,
    remedy: ({ pool = 'POOL', folder = 'FOLDER' }) => ({
      text: 'Give the account of the pool the right to read the folder.',
      command: `icacls "${folder}" /grant "IIS AppPool\\${pool}:(OI)(CI)RX"`,
    }),
    see: ERRORS,
  },
  {
    id: 'iis.folder-missing',
    shows: ({ status, subStatus, hresult }) => is(status, subStatus, 500, 19) && hresult === '0x80070003',
    cause: ({ folder }) =>
      `The site's physical path${folder === undefined ? '' : ` (${folder})`} does not exist, or is on a drive that the server does not see.`,
    remedy: () => ({
      text: 'Set the physical path of the site to the folder of the service on a local drive.',
    }),
  },
  {
    id: 'iis.section-locked',
    shows: ({ status, subStatus, hresult }) => is(status, subStatus, 500, 19) && hresult === '0x80070021',
    cause: () => 'IIS locks a section that web.config sets, mostly “handlers”.',
    remedy: () => ({
      text: 'Unlock the section, then ask again.',
      command: '%windir%\\system32\\inetsrv\\appcmd unlock config /section:system.webServer/handlers',
    }),
  },
  {
    id: 'iis.bitness',
    shows: ({ status, subStatus, events }) =>
      is(status, subStatus, 500, 32) || events.some(({ text }) => /'0x800700c1'/i.test(text)),
    cause: ({ pool }) =>
      `The application pool${named(pool)} runs 32-bit programs, and the service or its .NET runtime is 64-bit.`,
    remedy: ({ pool = 'POOL' }) => ({
      text: 'Set Enable 32-Bit Applications to False on the pool, and install the 64-bit runtime.',
      command: `%windir%\\system32\\inetsrv\\appcmd set apppool "${pool}" /enable32BitAppOnWin64:false`,
    }),
    see: ERRORS,
  },
  {
    id: 'iis.mixed-hosting',
    shows: ({ status, subStatus }) => is(status, subStatus, 500, 34),
    cause: ({ pool }) =>
      `Another application in the pool${named(pool)} runs in a process of its own, and this one inside the worker process. A pool takes one kind only.`,
    remedy: () => ({ text: 'Give the Identity Service an application pool of its own.' }),
    see: ERRORS,
  },
  {
    id: 'iis.pool-shared',
    shows: ({ status, subStatus }) => is(status, subStatus, 500, 35),
    cause: ({ pool }) =>
      `Another ASP.NET Core application already runs in the worker process of the pool${named(pool)}, which takes one.`,
    remedy: () => ({ text: 'Give the Identity Service an application pool of its own.' }),
    see: ERRORS,
  },
  {
    id: 'iis.module-broken',
    shows: ({ status, subStatus, module }) =>
      is(status, subStatus, 500, 36) || (status === 500 && module === 'broken'),
    cause: () => 'A part of the ASP.NET Core module is missing or damaged.',
    remedy: () => ({
      text: 'Repair the ASP.NET Core Hosting Bundle with its installer, then restart IIS.',
      command: RESTART,
    }),
    see: ERRORS,
  },
]

function inFolder(folder: Found['folder']): string {
  return folder === undefined ? 'web.config' : `web.config in ${folder}`
}

function isIdentityRefused({ events, pool }: IisSight): boolean {
  return pool !== 'Started' && recorded(events, WAS, IDENTITY_RECORDS)
}

function isUnknownConfiguration({ status, subStatus, hresult }: IisSight): boolean {
  return is(status, subStatus, 500, 19) && hresult === '0x8007000d'
}
