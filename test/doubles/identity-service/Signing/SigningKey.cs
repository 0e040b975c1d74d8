using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.Tokens;

namespace IdentityService.Signing;

/// <summary>The key that signs tokens: the private key of the PFX, loaded without a password.</summary>
public sealed class SigningKey
{
    private readonly X509Certificate2 _certificate;

    public SigningCredentials Credentials { get; }

    private SigningKey(X509Certificate2 certificate, SigningCredentials credentials)
    {
        _certificate = certificate;
        Credentials = credentials;
    }

    /// <summary>
    /// Loads the PFX as hosts of IdentityServer4 do, with a null password. Without <paramref name="algorithm"/> (this
    /// double's own setting SigningAlgorithm) the key decides: RS256 for RSA, ES256/384/512 by the curve. "RS256" with
    /// an EC file plays a build before 8.2.3: it starts, publishes the key, and fails at each token.
    /// </summary>
    public static SigningKey Load(string? path, string? algorithm)
    {
#pragma warning disable SYSLIB0057 // X509CertificateLoader throws other errors than the constructor that was observed.
        var certificate = new X509Certificate2(path!, (string?)null);
#pragma warning restore SYSLIB0057
        if (!certificate.HasPrivateKey)
        {
            throw new InvalidOperationException("X509 certificate does not have a private key.");
        }

        var curveKey = certificate.GetECDsaPrivateKey();
        algorithm ??= curveKey is null ? SecurityAlgorithms.RsaSha256 : AlgorithmOf(curveKey);
        var kid = certificate.Thumbprint + algorithm;
        SecurityKey key = curveKey is not null && algorithm.StartsWith("ES", StringComparison.Ordinal)
            ? new ECDsaSecurityKey(CheckCurve(curveKey, algorithm)) { KeyId = kid }
            : new X509SecurityKey(certificate, kid);
        return new SigningKey(certificate, new SigningCredentials(key, algorithm));
    }

    /// <summary>The entry of the JWKS, in the observed order of members. A bare EC key has no x5t and no x5c.</summary>
    public IReadOnlyDictionary<string, object> PublicKey()
    {
        var rsa = _certificate.GetRSAPublicKey()?.ExportParameters(false);
        var curve = _certificate.GetECDsaPublicKey()?.ExportParameters(false);
        var entry = new Dictionary<string, object>
        {
            ["kty"] = rsa is null ? "EC" : "RSA",
            ["use"] = "sig",
            ["kid"] = Credentials.Key.KeyId,
        };
        if (Credentials.Key is X509SecurityKey { X5t: var thumbprint }) entry["x5t"] = thumbprint;
        if (rsa is { } numbers)
        {
            entry["e"] = Base64UrlEncoder.Encode(numbers.Exponent);
            entry["n"] = Base64UrlEncoder.Encode(numbers.Modulus);
        }
        if (Credentials.Key is X509SecurityKey) entry["x5c"] = new[] { Convert.ToBase64String(_certificate.RawData) };
        entry["alg"] = Credentials.Algorithm;
        if (curve is { } point)
        {
            entry["x"] = Base64UrlEncoder.Encode(point.Q.X);
            entry["y"] = Base64UrlEncoder.Encode(point.Q.Y);
            entry["crv"] = $"P-{CurveBits(AlgorithmOf(_certificate.GetECDsaPublicKey()!))}";
        }
        return entry;
    }

    private static string AlgorithmOf(ECDsa key) => key.KeySize switch
    {
        256 => SecurityAlgorithms.EcdsaSha256,
        384 => SecurityAlgorithms.EcdsaSha384,
        _ => SecurityAlgorithms.EcdsaSha512,
    };

    private static int CurveBits(string algorithm) => algorithm switch
    {
        SecurityAlgorithms.EcdsaSha256 => 256,
        SecurityAlgorithms.EcdsaSha384 => 384,
        _ => 521,
    };

    private static ECDsa CheckCurve(ECDsa key, string algorithm) =>
        key.KeySize == CurveBits(algorithm)
            ? key
            : throw new InvalidOperationException("Invalid curve for signing algorithm");
}
