using System.Security.Cryptography;
using System.Text.Json;
using IdentityService.Data;
using IdentityService.Signing;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace IdentityService.Endpoints;

/// <summary>The token endpoint: issues tokens for client_credentials, refuses everything else as observed.</summary>
public static class TokenEndpoint
{
    private const int LongestScope = 300;

    public static async Task<IResult> Respond(HttpRequest request, IdentityDb db, IConfiguration settings, SigningKey key)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store, no-cache, max-age=0";
        request.HttpContext.Response.Headers.Pragma = "no-cache";
        if (!HttpMethods.IsPost(request.Method) || !request.HasFormContentType) return Refuse("invalid_request");

        var form = await request.ReadFormAsync();
        var client = await ClientAuthentication.Authenticate(request, form, db);
        if (client is null) return Refuse("invalid_client");
        if (RefuseGrant(client, form) is { } error) return Refuse(error);
        var scopes = await AllowedScopes(client, form["scope"].FirstOrDefault(), db);
        if (scopes.Count == 0) return Refuse("invalid_scope");

        return Answer.Json(new
        {
            access_token = await Token(client, scopes, Discovery.Issuer(settings, request), key, db),
            expires_in = client.AccessTokenLifetime,
            token_type = "Bearer",
            scope = string.Join(' ', scopes),
        });
    }

    private static IResult Refuse(string error) => Answer.Json(new { error }, StatusCodes.Status400BadRequest);

    /// <summary>Null when the grant is client_credentials and the client may use it.</summary>
    private static string? RefuseGrant(Client client, IFormCollection form)
    {
        var grant = form["grant_type"].FirstOrDefault();
        if (grant == "refresh_token")
        {
            return string.IsNullOrWhiteSpace(form["refresh_token"].FirstOrDefault()) ? "invalid_request" : "invalid_grant";
        }
        if (grant is not ("client_credentials" or "password" or "authorization_code" or "urn:ietf:params:oauth:grant-type:device_code"))
        {
            return "unsupported_grant_type";
        }
        if (client.GrantTypes.All(allowed => allowed.GrantType != grant)) return "unauthorized_client";
        return grant == "client_credentials" ? null : "invalid_grant";
    }

    /// <summary>
    /// The scopes of the answer, sorted: those asked for, or all API scopes of the client when none is named. Empty
    /// when one of them is unknown, no API scope, or not allowed to the client.
    /// </summary>
    private static async Task<List<string>> AllowedScopes(Client client, string? asked, IdentityDb db)
    {
        var allowed = client.Scopes.Select(scope => scope.Scope).ToList();
        var known = await db.ApiScopes
            .Where(scope => scope.Enabled && allowed.Contains(scope.Name))
            .Select(scope => scope.Name)
            .ToListAsync();
        var wanted = string.IsNullOrWhiteSpace(asked) ? string.Join(' ', known) : asked;
        if (wanted.Length > LongestScope) return [];
        var scopes = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        scopes.Sort();
        return scopes.All(known.Contains) ? scopes : [];
    }

    private static async Task<string> Token(Client client, List<string> scopes, string issuer, SigningKey key, IdentityDb db)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var audiences = await db.ApiResources
            .Where(resource => resource.Enabled && resource.Scopes.Any(scope => scopes.Contains(scope.Scope)))
            .OrderBy(resource => resource.Id)
            .Select(resource => resource.Name)
            .ToListAsync();
        var claims = new Dictionary<string, object> { ["nbf"] = now, ["exp"] = now + client.AccessTokenLifetime, ["iss"] = issuer };
        if (audiences.Count > 0) claims["aud"] = audiences.Count == 1 ? audiences[0] : audiences;
        claims["client_id"] = client.ClientId;
        claims["jti"] = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        claims["iat"] = now;
        claims["scope"] = scopes;
        return new JsonWebTokenHandler().CreateToken(
            JsonSerializer.Serialize(claims), key.Credentials, new Dictionary<string, object> { ["typ"] = "at+jwt" });
    }
}
