using System.Security.Cryptography;
using System.Text;
using IdentityService.Settings;
using Newtonsoft.Json;

namespace IdentityService.Data;

/// <summary>What a first start writes. Rows that exist are never changed: editing a client's setting later has no effect.</summary>
public static class Seed
{
    private static readonly string[] Scopes =
    [
        "register_own_resource", "get_resource_list", "get_client_info", "find_clients", "remove_client",
        "update_client", "add_registrar_client", "generate_auth_code", "revoke_client_tokens", "get_service_info",
        "IdentityServerApi",
    ];

    private static readonly string[] ProfileClaims =
    [
        "name", "family_name", "given_name", "middle_name", "nickname", "preferred_username", "profile", "picture",
        "website", "gender", "birthdate", "zoneinfo", "locale", "updated_at",
    ];

    public static void Resources(IdentityDb db)
    {
        if (!db.ApiScopes.Any())
        {
            db.ApiScopes.AddRange(Scopes.Select(name => new ApiScope { Name = name, DisplayName = name }));
            db.SaveChanges();
        }
        if (!db.ApiResources.Any())
        {
            db.ApiResources.Add(new ApiResource
            {
                Name = "IdentityServerApi",
                DisplayName = "IdentityServerApi",
                Scopes = [.. Scopes.Select(scope => new ApiResourceScope { Scope = scope })],
            });
            db.SaveChanges();
        }
        if (!db.IdentityResources.Any())
        {
            db.IdentityResources.Add(new IdentityResource
            {
                Name = "openid",
                DisplayName = "Your user identifier",
                Required = true,
                UserClaims = [new IdentityResourceClaim { Type = "sub" }],
            });
            db.SaveChanges();
            db.IdentityResources.Add(new IdentityResource
            {
                Name = "profile",
                DisplayName = "User profile",
                Description = "Your user profile information (first name, last name, etc.)",
                Emphasize = true,
                UserClaims = [.. ProfileClaims.Select(claim => new IdentityResourceClaim { Type = claim })],
            });
            db.SaveChanges();
        }
    }

    /// <summary>Adds the clients of the setting whose id the database does not know. An empty setting adds none.</summary>
    public static void Clients(IdentityDb db, string? setting)
    {
        foreach (var client in JsonConvert.DeserializeObject<List<ClientSetting>>(setting ?? "") ?? [])
        {
            if (db.Clients.Any(known => known.ClientId == client.ClientId)) continue;
            db.Clients.Add(Row(client));
            db.SaveChanges();
        }
    }

    private static Client Row(ClientSetting client) => new()
    {
        ClientId = client.ClientId!,
        ClientName = client.ClientName,
        AllowAccessTokensViaBrowser = client.AllowedGrantTypes.Contains("implicit"),
        IdentityTokenLifetime = client.IdentityTokenLifetime,
        AccessTokenLifetime = client.AccessTokenLifetime,
        Secrets = [.. client.Secrets.Select(secret => new ClientSecret { Value = Sha256(secret) })],
        GrantTypes = [.. client.AllowedGrantTypes.Select(grant => new ClientGrantType { GrantType = grant })],
        Scopes = [.. client.AllowedScopes.Select(scope => new ClientScope { Scope = scope })],
        RedirectUris = [.. client.RedirectUris.Select(uri => new ClientRedirectUri { RedirectUri = uri })],
        PostLogoutRedirectUris =
            [.. client.PostLogoutRedirectUris.Select(uri => new ClientPostLogoutRedirectUri { PostLogoutRedirectUri = uri })],
        Properties = [.. client.Properties.Select(pair => new ClientProperty { Key = pair.Key, Value = pair.Value })],
    };

    private static string Sha256(string secret) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
