using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

// Opens each PFX in both ways .NET offers, without a password, and signs with it as a token would be signed.
foreach (var path in args)
{
    Report(X509CertificateLoader.LoadPkcs12FromFile(path, null));
    Report(new X509Certificate2(path));
}

static void Report(X509Certificate2 certificate)
{
    using var key = certificate.GetRSAPrivateKey();
    using var publicKey = certificate.GetRSAPublicKey();
    var data = "header.payload"u8.ToArray();
    var signature = key!.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    var valid = publicKey!.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
    // IdentityServer4 names its keys so: thumbprint and algorithm.
    Console.WriteLine($"{certificate.Thumbprint}RS256 {certificate.Subject} {key.KeySize} {valid}");
}
