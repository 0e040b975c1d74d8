using System.Security.Cryptography.X509Certificates;

namespace PfxReader;

/// <summary>One file to be opened.</summary>
/// <param name="File">Path of a PFX.</param>
/// <param name="Password">Null is not the same as empty: the service opens its file with null.</param>
/// <param name="Loader">
/// <c>constructor</c>, which IdentityServer4's hosts call, or <c>loader</c>, its successor since .NET 9.
/// </param>
/// <param name="Export">Where to write it again as .NET writes, or null.</param>
public sealed record Request(string File, string? Password, string Loader, Export? Export)
{
    public Answer Carry()
    {
        try
        {
            using var certificate = Open();
            if (Export is not null) System.IO.File.WriteAllBytes(Export.File, Export.Write(certificate));
            return Answer.Of(certificate);
        }
        catch (Exception error)
        {
            return new Answer(Error: $"{error.GetType().Name}: {error.Message}");
        }
    }

    private X509Certificate2 Open()
    {
        var flags = Export is null ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.Exportable;
        if (Loader == "loader") return X509CertificateLoader.LoadPkcs12FromFile(File, Password, flags);
#pragma warning disable SYSLIB0057 // Obsolete, and what the service of its time calls.
        return new X509Certificate2(File, Password, flags);
#pragma warning restore SYSLIB0057
    }
}

/// <param name="Kind">A name of <see cref="Pkcs12ExportPbeParameters"/>.</param>
public sealed record Export(string File, string? Password, string Kind)
{
    public byte[] Write(X509Certificate2 certificate) =>
        certificate.ExportPkcs12(Enum.Parse<Pkcs12ExportPbeParameters>(Kind), Password);
}
