/** The byte order mark with which Visual Studio and `dotnet publish` begin their files. */
const BOM = '\uFEFF'

/** The scopes that newer builds give their built-in client; three more than the manual's list. */
const SCOPES = [
  'register_own_resource',
  'get_resource_list',
  'get_client_info',
  'find_clients',
  'remove_client',
  'update_client',
  'add_registrar_client',
  'generate_auth_code',
  'revoke_client_tokens',
  'get_service_info',
  'IdentityServerApi',
]

/**
 * The client every copy of a build ships with. Its secret is as good as public, which is why the wizard replaces
 * it; `AllowedQueryParameters` is a JSON array in a string, the third level once the whole stands in the file.
 */
const BUILT_IN_CLIENT = {
  ClientId: 'bpmonline-designer',
  ClientName: 'Creatio designer (practice)',
  Secrets: ['PracticeBuiltInSecret-ReplaceIt!'],
  AllowedGrantTypes: ['implicit', 'client_credentials'],
  RedirectUris: ['http://localhost:8090', 'http://localhost:8090/lib', 'http://localhost:8090/lib/'],
  PostLogoutRedirectUris: ['http://localhost:8090'],
  IdentityTokenLifetime: 300,
  AccessTokenLifetime: 3600,
  Properties: { AllowedQueryParameters: JSON.stringify(['invitationHash', 'targetSubject']) },
  AllowedScopes: SCOPES,
}

/** Addresses and credentials of the cloud's own systems: empty on site, but present in each copy. */
const CLOUD_SETTINGS = {
  AllowedRegisterDomains: '[]',
  RegisterApplicationSubdomain: '',
  LoginPageUrl: '',
  ResetPasswordPageUrl: '',
  ExtendedRegistrationSecondStepUrlTpl: '',
  GoogleClientId: '',
  GoogleClientSecret: '',
  FacebookClientId: '',
  FacebookClientSecret: '',
  CookieName: '.AspNet.SharedCookie',
  CookieExpireSeconds: '57600',
  CookieSlidingExpiration: 'true',
  ApplicationName: 'SharedCookieApp',
  PersistRedisKey: 'identity-farm',
  ShowPII: 'false',
  RequireConfirmedEmail: 'false',
  AllowRegisterTestUser: 'false',
  SecurityStampValidationIntervalSeconds: '0',
  EventBusPublishUrl: '',
  RabbitMQConnectionString: '',
  EventBusBaseAuth: '',
  RabbitHttpDomainEventBusConfiguration: { Url: '', Exchange: '', User: '', Password: '' },
  AccountServiceHttpDomainEventBusConfiguration: { Url: '', User: '', Password: '' },
  MetricsOptions: { DefaultContextLabel: 'IdentityService', Enabled: true },
  MetricEndpointsOptions: { MetricsEndpointEnabled: true, MetricsTextEndpointEnabled: true },
  MetricsWebTrackingOptions: { ApdexTrackingEnabled: true, ApdexTSeconds: 0.1 },
  AllowedMetricsUsers: '*',
  LogConfigFilePath: '',
  UseCustomAccessTokenService: true,
  UseAtomicMode: false,
  UseSwagger: false,
  ExtendedRegistration: false,
  UseCustomSubClaimsPrincipal: false,
  FeatureManagement: { Full: true },
}

/**
 * `appsettings.json` as it comes out of the archive, before anyone has filled it in: nearly every value a string,
 * also numbers, switches and nested JSON; BOM, CRLF, two spaces.
 */
export function shippedSettings(): string {
  const settings = {
    Logging: { LogLevel: { Default: 'Warning' } },
    AllowedHosts: '*',
    DbProvider: 'MsSqlServer',
    DatabaseConnectionString: '',
    MsSqlConnection: 'Data Source=.; Initial Catalog=IdentityService; Integrated Security=SSPI',
    PostgresConnection:
      'Server=localhost;Port=5432;Database=IdentityService;User ID=identity;password=sample-password;',
    MongoConnection: '',
    RedisConnection: '',
    X509CertificatePath: 'openssl.pfx',
    IssuerUri: 'creatio.com',
    IssuerResources: 'creatio.com/resources',
    Clients: JSON.stringify([BUILT_IN_CLIENT]),
    ApiResources: '[]',
    AllowedCorsOrigins: '[]',
    ...CLOUD_SETTINGS,
  }
  return BOM + JSON.stringify(settings, undefined, 2).replaceAll('\n', '\r\n') + '\r\n'
}
