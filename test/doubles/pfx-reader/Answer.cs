using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PfxReader;

/// <summary>What .NET found in a file, and a signature made with its key as a token would be signed.</summary>
/// <param name="Signature">Base64; of ECDSA the two numbers side by side, as in a JSON Web Signature.</param>
/// <param name="Error">Why it could not be opened; everything else is missing then.</param>
public sealed record Answer(
    string? Thumbprint = null,
    string? Subject = null,
    bool HasPrivateKey = false,
    string? Key = null,
    string? Signature = null,
    string? Error = null)
{
    public static Answer Of(X509Certificate2 certificate)
    {
        using var rsa = certificate.GetRSAPrivateKey();
        using var ecdsa = certificate.GetECDsaPrivateKey();
        var data = "header.payload"u8.ToArray();
        var signature = rsa is not null
            ? rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : ecdsa?.SignData(data, HashOf(ecdsa));
        return new Answer(
            certificate.Thumbprint,
            certificate.Subject,
            certificate.HasPrivateKey,
            rsa is not null ? $"RSA-{rsa.KeySize}" : ecdsa is not null ? $"ECDSA-P{ecdsa.KeySize}" : null,
            signature is null ? null : Convert.ToBase64String(signature));
    }

    /// <summary>ES256, ES384 and ES512 (RFC 7518, 3.4).</summary>
    private static HashAlgorithmName HashOf(ECDsa key) => key.KeySize switch
    {
        256 => HashAlgorithmName.SHA256,
        384 => HashAlgorithmName.SHA384,
        _ => HashAlgorithmName.SHA512,
    };
}
