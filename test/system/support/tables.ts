/**
 * The tables that IdentityServer4 4.1 and its Entity Framework stores were seen to make on PostgreSQL: columns in their
 * order; `?` may be null, `identity` is an integer that the database counts.
 */
export const TABLES: Readonly<Record<string, string>> = {
  ApiResourceClaims: 'Id identity, ApiResourceId int, Type varchar(200)',
  ApiResourceProperties: 'Id identity, ApiResourceId int, Key varchar(250), Value varchar(2000)',
  ApiResourceScopes: 'Id identity, Scope varchar(200), ApiResourceId int',
  ApiResourceSecrets:
    'Id identity, ApiResourceId int, Description varchar(1000)?, Value varchar(4000), Expiration ' +
    'timestamptz?, Type varchar(250), Created timestamptz',
  ApiResources:
    'Id identity, Enabled bool, Name varchar(200), DisplayName varchar(200)?, Description ' +
    'varchar(1000)?, AllowedAccessTokenSigningAlgorithms varchar(100)?, ShowInDiscoveryDocument bool, ' +
    'Created timestamptz, Updated timestamptz?, LastAccessed timestamptz?, NonEditable bool',
  ApiScopeClaims: 'Id identity, ScopeId int, Type varchar(200)',
  ApiScopeProperties: 'Id identity, ScopeId int, Key varchar(250), Value varchar(2000)',
  ApiScopes:
    'Id identity, Enabled bool, Name varchar(200), DisplayName varchar(200)?, Description ' +
    'varchar(1000)?, Required bool, Emphasize bool, ShowInDiscoveryDocument bool',
  ClientClaims: 'Id identity, Type varchar(250), Value varchar(250), ClientId int',
  ClientCorsOrigins: 'Id identity, Origin varchar(150), ClientId int',
  ClientGrantTypes: 'Id identity, GrantType varchar(250), ClientId int',
  ClientIdPRestrictions: 'Id identity, Provider varchar(200), ClientId int',
  ClientPostLogoutRedirectUris: 'Id identity, PostLogoutRedirectUri varchar(2000), ClientId int',
  ClientProperties: 'Id identity, ClientId int, Key varchar(250), Value varchar(2000)',
  ClientRedirectUris: 'Id identity, RedirectUri varchar(2000), ClientId int',
  ClientScopes: 'Id identity, Scope varchar(200), ClientId int',
  ClientSecrets:
    'Id identity, ClientId int, Description varchar(2000)?, Value varchar(4000), Expiration ' +
    'timestamptz?, Type varchar(250), Created timestamptz',
  Clients:
    'Id identity, Enabled bool, ClientId varchar(200), ProtocolType varchar(200), RequireClientSecret ' +
    'bool, ClientName varchar(200)?, Description varchar(1000)?, ClientUri varchar(2000)?, LogoUri ' +
    'varchar(2000)?, RequireConsent bool, AllowRememberConsent bool, AlwaysIncludeUserClaimsInIdToken ' +
    'bool, RequirePkce bool, AllowPlainTextPkce bool, RequireRequestObject bool, ' +
    'AllowAccessTokensViaBrowser bool, FrontChannelLogoutUri varchar(2000)?, ' +
    'FrontChannelLogoutSessionRequired bool, BackChannelLogoutUri varchar(2000)?, ' +
    'BackChannelLogoutSessionRequired bool, AllowOfflineAccess bool, IdentityTokenLifetime int, ' +
    'AllowedIdentityTokenSigningAlgorithms varchar(100)?, AccessTokenLifetime int, ' +
    'AuthorizationCodeLifetime int, ConsentLifetime int?, AbsoluteRefreshTokenLifetime int, ' +
    'SlidingRefreshTokenLifetime int, RefreshTokenUsage int, UpdateAccessTokenClaimsOnRefresh bool, ' +
    'RefreshTokenExpiration int, AccessTokenType int, EnableLocalLogin bool, IncludeJwtId bool, ' +
    'AlwaysSendClientClaims bool, ClientClaimsPrefix varchar(200)?, PairWiseSubjectSalt varchar(200)?, ' +
    'Created timestamptz, Updated timestamptz?, LastAccessed timestamptz?, UserSsoLifetime int?, ' +
    'UserCodeType varchar(100)?, DeviceCodeLifetime int, NonEditable bool',
  DeviceCodes:
    'UserCode varchar(200), DeviceCode varchar(200), SubjectId varchar(200)?, SessionId varchar(100)?, ' +
    'ClientId varchar(200), Description varchar(200)?, CreationTime timestamptz, Expiration ' +
    'timestamptz, Data varchar(50000)',
  IdentityResourceClaims: 'Id identity, IdentityResourceId int, Type varchar(200)',
  IdentityResourceProperties: 'Id identity, IdentityResourceId int, Key varchar(250), Value varchar(2000)',
  IdentityResources:
    'Id identity, Enabled bool, Name varchar(200), DisplayName varchar(200)?, Description ' +
    'varchar(1000)?, Required bool, Emphasize bool, ShowInDiscoveryDocument bool, Created timestamptz, ' +
    'Updated timestamptz?, NonEditable bool',
  PersistedGrants:
    'Key varchar(200), Type varchar(50), SubjectId varchar(200)?, SessionId varchar(100)?, ClientId ' +
    'varchar(200), Description varchar(200)?, CreationTime timestamptz, Expiration timestamptz?, ' +
    'ConsumedTime timestamptz?, Data varchar(50000)',
}
