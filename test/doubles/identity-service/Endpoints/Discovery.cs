using IdentityService.Data;
using IdentityService.Signing;
using Microsoft.EntityFrameworkCore;

namespace IdentityService.Endpoints;

/// <summary>The discovery document and the key set.</summary>
public static class Discovery
{
    /// <summary>
    /// Scopes and claims come from the database at each request, so a lost database is a 500 here. The issuer is a
    /// constant of the settings; endpoints follow scheme and host of the request.
    /// </summary>
    public static async Task<IResult> Document(HttpRequest request, IdentityDb db, IConfiguration settings, SigningKey key)
    {
        var identity = await db.IdentityResources
            .Where(resource => resource.Enabled && resource.ShowInDiscoveryDocument)
            .Include(resource => resource.UserClaims.OrderBy(claim => claim.Id))
            .OrderBy(resource => resource.Id)
            .ToListAsync();
        var scopes = await db.ApiScopes
            .Where(scope => scope.Enabled && scope.ShowInDiscoveryDocument)
            .OrderBy(scope => scope.Id)
            .Select(scope => scope.Name)
            .ToListAsync();
        var url = $"{request.Scheme}://{request.Host}{request.PathBase}";

        return Answer.Json(new Dictionary<string, object>
        {
            ["issuer"] = Issuer(settings, request),
            ["jwks_uri"] = $"{url}/.well-known/openid-configuration/jwks",
            ["authorization_endpoint"] = $"{url}/connect/authorize",
            ["token_endpoint"] = $"{url}/connect/token",
            ["userinfo_endpoint"] = $"{url}/connect/userinfo",
            ["end_session_endpoint"] = $"{url}/connect/endsession",
            ["check_session_iframe"] = $"{url}/connect/checksession",
            ["revocation_endpoint"] = $"{url}/connect/revocation",
            ["introspection_endpoint"] = $"{url}/connect/introspect",
            ["device_authorization_endpoint"] = $"{url}/connect/deviceauthorization",
            ["frontchannel_logout_supported"] = true,
            ["frontchannel_logout_session_supported"] = true,
            ["backchannel_logout_supported"] = true,
            ["backchannel_logout_session_supported"] = true,
            ["scopes_supported"] = identity.Select(resource => resource.Name).Concat(scopes).Append("offline_access"),
            ["claims_supported"] = identity.SelectMany(resource => resource.UserClaims).Select(claim => claim.Type).Distinct(),
            ["grant_types_supported"] = new[]
            {
                "authorization_code", "client_credentials", "refresh_token", "implicit",
                "urn:ietf:params:oauth:grant-type:device_code",
            },
            ["response_types_supported"] = new[]
            {
                "code", "token", "id_token", "id_token token", "code id_token", "code token", "code id_token token",
            },
            ["response_modes_supported"] = new[] { "form_post", "query", "fragment" },
            ["token_endpoint_auth_methods_supported"] = new[] { "client_secret_basic", "client_secret_post" },
            ["id_token_signing_alg_values_supported"] = new[] { key.Credentials.Algorithm },
            ["subject_types_supported"] = new[] { "public" },
            ["code_challenge_methods_supported"] = new[] { "plain", "S256" },
            ["request_parameter_supported"] = true,
        });
    }

    /// <summary>The key set is in memory: it answers without the database.</summary>
    public static IResult Keys(SigningKey key) => Answer.Json(new { keys = new[] { key.PublicKey() } });

    public static string Issuer(IConfiguration settings, HttpRequest request) =>
        settings["IssuerUri"] is { Length: > 0 } issuer ? issuer : $"{request.Scheme}://{request.Host}".ToLowerInvariant();
}
