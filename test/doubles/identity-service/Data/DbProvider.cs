using Microsoft.EntityFrameworkCore;

namespace IdentityService.Data;

/// <summary>Which database, and how to reach it.</summary>
public static class DbProvider
{
    /// <summary>
    /// DatabaseConnectionString is what the IIS instructions fill in, PostgresConnection and MsSqlConnection what the
    /// container instructions fill in; the first one wins when it is not empty.
    /// </summary>
    public static void Configure(DbContextOptionsBuilder options, IConfiguration settings)
    {
        var provider = settings["DbProvider"];
        if (provider == "Postgres") options.UseNpgsql(Connection(settings, "PostgresConnection"));
        else if (provider == "MsSqlServer") UseSqlServer(options, Connection(settings, "MsSqlConnection"));
        else throw new NotSupportedException($"DbProvider '{provider}' is not supported by this build");
    }

    /// <summary>
    /// One statement a request, each with one answer: the responder that stands in for SQL Server gives no more.
    /// </summary>
    private static void UseSqlServer(DbContextOptionsBuilder options, string? connection) =>
        options.UseSqlServer(connection, server => server.MaxBatchSize(1));

    private static string? Connection(IConfiguration settings, string own)
    {
        var connection = settings["DatabaseConnectionString"];
        return string.IsNullOrWhiteSpace(connection) ? settings[own] : connection;
    }
}
