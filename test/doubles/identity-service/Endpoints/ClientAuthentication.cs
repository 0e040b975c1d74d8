using System.Security.Cryptography;
using System.Text;
using IdentityService.Data;
using Microsoft.EntityFrameworkCore;

namespace IdentityService.Endpoints;

/// <summary>client_secret_basic and client_secret_post, with IdentityServer4's limits.</summary>
public static class ClientAuthentication
{
    /// <summary>IdentityServer4 reads no client id and no secret that is longer.</summary>
    private const int LongestCredential = 100;

    /// <summary>The enabled client whose id and secret the request carries, or null: all causes look alike outside.</summary>
    public static async Task<Client?> Authenticate(HttpRequest request, IFormCollection form, IdentityDb db)
    {
        if ((Basic(request) ?? Post(form)) is not var (id, secret)) return null;
        var client = await db.Clients
            .AsSplitQuery()
            .Include(known => known.Secrets)
            .Include(known => known.GrantTypes)
            .Include(known => known.Scopes)
            .SingleOrDefaultAsync(known => known.ClientId == id && known.Enabled);
        if (client is null) return null;
        return !client.RequireClientSecret || client.Secrets.Any(known => Matches(known, secret)) ? client : null;
    }

    private static bool Matches(ClientSecret known, string secret)
    {
        if (secret.Length == 0 || known.Type != "SharedSecret" || known.Expiration < DateTime.UtcNow) return false;
        var bytes = Encoding.UTF8.GetBytes(secret);
        return known.Value == Convert.ToBase64String(SHA256.HashData(bytes))
            || known.Value == Convert.ToBase64String(SHA512.HashData(bytes));
    }

    private static (string Id, string Secret)? Post(IFormCollection form) =>
        Credentials(form["client_id"].FirstOrDefault() ?? "", form["client_secret"].FirstOrDefault() ?? "");

    /// <summary>Both parts are form-encoded inside the Base64 (RFC 6749, 2.3.1).</summary>
    private static (string Id, string Secret)? Basic(HttpRequest request)
    {
        var header = request.Headers.Authorization.FirstOrDefault() ?? "";
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..], bytes, out var length)) return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':');
        if (colon < 0 || Credentials(pair[..colon], pair[(colon + 1)..]) is not var (id, secret)) return null;
        return (FormDecode(id), FormDecode(secret));
    }

    private static (string Id, string Secret)? Credentials(string id, string secret) =>
        string.IsNullOrWhiteSpace(id) || id.Length > LongestCredential || secret.Length > LongestCredential
            ? null
            : (id, secret);

    private static string FormDecode(string value) => Uri.UnescapeDataString(value.Replace("+", "%20"));
}
