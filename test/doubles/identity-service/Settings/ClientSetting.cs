namespace IdentityService.Settings;

/// <summary>
/// One entry of the <c>Clients</c> setting: a JSON array inside a JSON string. The values of <c>Properties</c> are
/// strings again, and AllowedQueryParameters holds a third level of JSON that is stored as it stands.
/// </summary>
public sealed class ClientSetting
{
    public string? ClientId { get; set; }
    public string? ClientName { get; set; }
    public List<string> Secrets { get; set; } = [];
    public List<string> AllowedGrantTypes { get; set; } = [];
    public List<string> RedirectUris { get; set; } = [];
    public List<string> PostLogoutRedirectUris { get; set; } = [];
    public int IdentityTokenLifetime { get; set; } = 300;
    public int AccessTokenLifetime { get; set; } = 3600;
    public Dictionary<string, string> Properties { get; set; } = [];
    public List<string> AllowedScopes { get; set; } = [];
}
