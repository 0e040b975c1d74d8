namespace IdentityService.Data;

public sealed class ApiScope
{
    public int Id { get; set; }
    public bool Enabled { get; set; } = true;
    public string Name { get; set; } = null!;
    public string? DisplayName { get; set; }
    public bool Required { get; set; }
    public bool Emphasize { get; set; }
    public bool ShowInDiscoveryDocument { get; set; } = true;
}

public sealed class ApiResource
{
    public int Id { get; set; }
    public bool Enabled { get; set; } = true;
    public string Name { get; set; } = null!;
    public string? DisplayName { get; set; }
    public bool ShowInDiscoveryDocument { get; set; } = true;
    public DateTime Created { get; set; } = DateTime.UtcNow;
    public bool NonEditable { get; set; }
    public List<ApiResourceScope> Scopes { get; set; } = [];
}

public sealed class ApiResourceScope
{
    public int Id { get; set; }
    public string Scope { get; set; } = null!;
    public int ApiResourceId { get; set; }
}

public sealed class IdentityResource
{
    public int Id { get; set; }
    public bool Enabled { get; set; } = true;
    public string Name { get; set; } = null!;
    public string? DisplayName { get; set; }
    public string? Description { get; set; }
    public bool Required { get; set; }
    public bool Emphasize { get; set; }
    public bool ShowInDiscoveryDocument { get; set; } = true;
    public DateTime Created { get; set; } = DateTime.UtcNow;
    public bool NonEditable { get; set; }
    public List<IdentityResourceClaim> UserClaims { get; set; } = [];
}

public sealed class IdentityResourceClaim
{
    public int Id { get; set; }
    public int IdentityResourceId { get; set; }
    public string Type { get; set; } = null!;
}
