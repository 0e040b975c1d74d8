namespace IdentityService.Data;

/// <summary>A row of Clients with IdentityServer4's own defaults; only the not-null columns and what is seeded.</summary>
public sealed class Client
{
    public int Id { get; set; }
    public bool Enabled { get; set; } = true;
    public string ClientId { get; set; } = null!;
    public string ProtocolType { get; set; } = "oidc";
    public bool RequireClientSecret { get; set; } = true;
    public string? ClientName { get; set; }
    public bool RequireConsent { get; set; }
    public bool AllowRememberConsent { get; set; } = true;
    public bool AlwaysIncludeUserClaimsInIdToken { get; set; }
    public bool RequirePkce { get; set; } = true;
    public bool AllowPlainTextPkce { get; set; }
    public bool RequireRequestObject { get; set; }
    public bool AllowAccessTokensViaBrowser { get; set; }
    public bool FrontChannelLogoutSessionRequired { get; set; } = true;
    public bool BackChannelLogoutSessionRequired { get; set; } = true;
    public bool AllowOfflineAccess { get; set; }
    public int IdentityTokenLifetime { get; set; } = 300;
    public int AccessTokenLifetime { get; set; } = 3600;
    public int AuthorizationCodeLifetime { get; set; } = 300;
    public int AbsoluteRefreshTokenLifetime { get; set; } = 2592000;
    public int SlidingRefreshTokenLifetime { get; set; } = 1296000;
    public int RefreshTokenUsage { get; set; } = 1;
    public bool UpdateAccessTokenClaimsOnRefresh { get; set; }
    public int RefreshTokenExpiration { get; set; } = 1;
    public int AccessTokenType { get; set; }
    public bool EnableLocalLogin { get; set; } = true;
    public bool IncludeJwtId { get; set; } = true;
    public bool AlwaysSendClientClaims { get; set; }
    public string? ClientClaimsPrefix { get; set; } = "client_";
    public DateTime Created { get; set; } = DateTime.UtcNow;
    public int DeviceCodeLifetime { get; set; } = 300;
    public bool NonEditable { get; set; }

    public List<ClientSecret> Secrets { get; set; } = [];
    public List<ClientGrantType> GrantTypes { get; set; } = [];
    public List<ClientScope> Scopes { get; set; } = [];
    public List<ClientRedirectUri> RedirectUris { get; set; } = [];
    public List<ClientPostLogoutRedirectUri> PostLogoutRedirectUris { get; set; } = [];
    public List<ClientProperty> Properties { get; set; } = [];
}

public sealed class ClientSecret
{
    public int Id { get; set; }
    public int ClientId { get; set; }
    /// <summary>Base64 of the SHA-256 (44 characters) or SHA-512 (88) of the secret in UTF-8.</summary>
    public string Value { get; set; } = null!;
    public DateTime? Expiration { get; set; }
    public string Type { get; set; } = "SharedSecret";
    public DateTime Created { get; set; } = DateTime.UtcNow;
}

public sealed class ClientGrantType
{
    public int Id { get; set; }
    public string GrantType { get; set; } = null!;
    public int ClientId { get; set; }
}

public sealed class ClientScope
{
    public int Id { get; set; }
    public string Scope { get; set; } = null!;
    public int ClientId { get; set; }
}

public sealed class ClientRedirectUri
{
    public int Id { get; set; }
    public string RedirectUri { get; set; } = null!;
    public int ClientId { get; set; }
}

public sealed class ClientPostLogoutRedirectUri
{
    public int Id { get; set; }
    public string PostLogoutRedirectUri { get; set; } = null!;
    public int ClientId { get; set; }
}

public sealed class ClientProperty
{
    public int Id { get; set; }
    public int ClientId { get; set; }
    public string Key { get; set; } = null!;
    public string Value { get; set; } = null!;
}
