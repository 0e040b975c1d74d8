import type { Answers } from '../../../electron/contract/answers.ts'
import type {
  BundleView,
  MachineView,
  StoreCertificateView,
  WebsiteNotes,
  WebsiteView,
  WindowsView,
} from '../../../electron/contract/views.ts'

// A Windows server with IIS. All names, addresses and thumbprints here are invented.

const trusted: StoreCertificateView = {
  thumbprint: '5B2A09F1C4D7E88316A0B95D2F47C31E0D6A8842',
  subject: 'CN=app01.corp.example, O=Example, C=DE',
  issuer: 'CN=Example Issuing CA 2, O=Example, C=DE',
  friendlyName: 'app01 web server',
  notAfter: '2027-11-02T00:00:00Z',
  daysLeft: 346,
  names: ['app01.corp.example', 'identity.corp.example'],
  selfSigned: false,
  usable: true,
}

const certificates: readonly StoreCertificateView[] = [
  trusted,
  {
    ...trusted,
    thumbprint: 'E10C7794AB35D2F08861C0A47B9D53E2F61A0C55',
    subject: 'CN=*.corp.example',
    friendlyName: 'Wildcard 2025',
    notAfter: '2026-12-10T00:00:00Z',
    daysLeft: 19,
    names: ['*.corp.example'],
  },
  {
    ...trusted,
    thumbprint: '0A77D3C2914BE65F80F2A63D17C94B8E5520D1FE',
    subject: 'CN=app01.corp.example',
    friendlyName: 'app01 web server (old)',
    notAfter: '2026-03-01T00:00:00Z',
    daysLeft: -265,
    names: ['app01.corp.example'],
    usable: false,
    why: 'It ended on 1 March 2026.',
  },
  {
    ...trusted,
    thumbprint: '9C3F6610B7A845DE21F4C0987A6E5D3B12F8A704',
    subject: 'CN=WMSvc-SHA2-APP01',
    issuer: 'CN=WMSvc-SHA2-APP01',
    friendlyName: 'WMSVC-SHA2',
    notAfter: '2034-01-15T00:00:00Z',
    daysLeft: 2612,
    names: ['WMSvc-SHA2-APP01'],
    selfSigned: true,
    usable: false,
    why: 'It does not hold for the host header identity.corp.example.',
  },
]

export const website: WebsiteView = {
  sites: [
    {
      name: 'Default Web Site',
      state: 'Started',
      bindings: ['http/*:80:'],
      pool: 'DefaultAppPool',
      folder: 'C:\\inetpub\\wwwroot',
      whose: 'foreign',
    },
    {
      name: 'creatio',
      state: 'Started',
      bindings: ['http/*:8080:', 'https/*:443:creatio.corp.example'],
      pool: 'creatio',
      folder: 'C:\\creatio',
      whose: 'creatio',
    },
    {
      name: 'IdentityServiceTest',
      state: 'Stopped',
      bindings: ['http/*:8091:'],
      pool: 'IdentityServiceTest',
      folder: 'C:\\IdentityServiceTest',
      whose: 'ours',
    },
  ],
  pools: [
    { name: 'creatio', state: 'Started', sites: ['creatio'], whose: 'creatio' },
    { name: 'DefaultAppPool', state: 'Started', sites: ['Default Web Site'], whose: 'foreign' },
    { name: 'IdentityService', state: 'Stopped', sites: [], whose: 'foreign' },
    { name: 'IdentityServiceTest', state: 'Stopped', sites: ['IdentityServiceTest'], whose: 'ours' },
  ],
  certificates,
  suggestion: {
    site: 'IdentityService',
    pool: 'IdentityService',
    httpPort: 8090,
    httpsPort: 8443,
    hostName: 'app01.corp.example',
  },
}

/** As long as nobody with administrator rights has looked. */
export const websiteUnknown: WebsiteView = {
  ...website,
  sites: [],
  pools: [],
  unknown: {
    code: 'iis.not-elevated',
    what: 'Only an administrator can list the sites and application pools of this server.',
    next: 'Go on; the names are checked when Windows has given the rights, before anything is changed.',
  },
}

export const websiteClash: WebsiteNotes = {
  notes: [
    {
      field: 'website.site',
      level: 'warning',
      text: 'A site named “Default Web Site” is there and was not made by this program.',
      suggestion: 'IdentityService',
    },
    {
      field: 'website.https.port',
      level: 'warning',
      text: 'Port 443 is used by the site “creatio”. With SNI both can share it.',
      suggestion: '8443',
    },
  ],
  takeOver: [
    {
      id: 'site:Default Web Site',
      text: 'Change the site “Default Web Site”: its folder, its application pool and its bindings.',
    },
    {
      id: 'pool:IdentityService',
      text: 'Change the application pool “IdentityService”: .NET CLR version, pipeline mode and account. No site uses it.',
    },
  ],
}

export const websiteLogin: NonNullable<WebsiteNotes['login']> = {
  name: 'CORP\\APP01$',
  why: 'The connection signs in by Windows, and the pool’s account reaches other servers as this computer.',
  sql: 'CREATE LOGIN [CORP\\APP01$] FROM WINDOWS;\nUSE [creatio_prod];\nCREATE USER [CORP\\APP01$] FOR LOGIN [CORP\\APP01$];\nALTER ROLE db_owner ADD MEMBER [CORP\\APP01$];',
}

const windows: WindowsView = {
  system: 'Windows Server 2022 Standard (build 20348.2113)',
  elevated: false,
  iis: {
    usable: true,
    version: '10.0',
    summary: 'All features that the service needs are on; ASP.NET Core Module V2 18.0.24',
  },
  pendingRestart: false,
}

/** The same machine's answers as a Windows server would give them. */
export const onWindows = (machine: MachineView, changed: Partial<WindowsView> = {}): MachineView => ({
  ...machine,
  server: 'APP01.corp.example',
  system: windows.system,
  user: 'CORP\\a.martin',
  docker: { usable: false, summary: 'No docker or podman command' },
  windows: { ...windows, ...changed },
})

export const iisAnswers = (answers: Answers): Answers => {
  const { container: _container, ...others } = answers
  return {
    ...others,
    hosting: 'iis',
    service: { source: 'D:\\creatio-8.3.2\\IdentityService.zip', target: 'C:\\IdentityService' },
    creatio: { folder: 'C:\\creatio' },
    website: {
      site: 'IdentityService',
      pool: 'IdentityService',
      identity: { account: 'ApplicationPoolIdentity' },
      hostName: 'identity.corp.example',
      http: { port: 8090, redirect: true },
      https: { port: 8443, certificate: { from: 'store', thumbprint: trusted.thumbprint } },
      firewall: true,
    },
  }
}

export const bundle: BundleView = {
  file: 'D:\\dotnet-hosting-8.0.22-win.exe',
  product: 'Microsoft .NET 8.0.22 - Windows Server Hosting',
  version: '8.0.22.25521',
  signer: 'Microsoft Corporation',
  trusted: true,
}
