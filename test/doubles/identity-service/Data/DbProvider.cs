using Microsoft.EntityFrameworkCore;

namespace IdentityService.Data;

/// <summary>Which database, and how to reach it.</summary>
public static class DbProvider
{
    /// <summary>
    /// DatabaseConnectionString is what the IIS instructions fill in, PostgresConnection what the container
    /// instructions fill in; the first one wins when it is not empty.
    /// </summary>
    public static void Configure(DbContextOptionsBuilder options, IConfiguration settings)
    {
        var provider = settings["DbProvider"];
#if SQLSERVER
        if (provider == "MsSqlServer")
        {
            var server = settings["DatabaseConnectionString"];
            options.UseSqlServer(string.IsNullOrWhiteSpace(server) ? settings["MsSqlConnection"] : server);
            return;
        }
#endif
        if (provider != "Postgres")
        {
            throw new NotSupportedException($"DbProvider '{provider}' is not supported by this build");
        }
        var connection = settings["DatabaseConnectionString"];
        options.UseNpgsql(string.IsNullOrWhiteSpace(connection) ? settings["PostgresConnection"] : connection);
    }
}
