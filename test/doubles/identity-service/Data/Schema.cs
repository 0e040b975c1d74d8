using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace IdentityService.Data;

/// <summary>
/// Makes the database and its tables on a first start, and needs no CREATE right on the next ones. schema.sql holds the
/// 23 tables of IdentityServer4 4.1 (configuration and operational store) as its Entity Framework stores make them.
/// </summary>
public static class Schema
{
    private const int DatabaseMissing = 4060;

    public static void EnsureCreated(IdentityDb db)
    {
        var postgres = db.Database.ProviderName == "Npgsql.EntityFrameworkCore.PostgreSQL";
        if (!postgres) LogIn(db);
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!creator.Exists()) creator.Create();

        var question = postgres
            ? """SELECT to_regclass('"Clients"') IS NOT NULL AS "Value" """
            : "SELECT CAST(CASE WHEN OBJECT_ID('Clients') IS NULL THEN 0 ELSE 1 END AS bit) AS Value";
        if (db.Database.SqlQueryRaw<bool>(question).Single()) return;

        using var script = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream("schema.sql")!);
        using var transaction = db.Database.BeginTransaction();
        foreach (var statement in script.ReadToEnd().ReplaceLineEndings("\n").Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            db.Database.ExecuteSqlRaw(postgres ? statement : TransactSql.From(statement));
        }
        transaction.Commit();
    }

    /// <summary>
    /// Entity Framework repeats its question for a minute when SQL Server refuses the login; asked like this, the start
    /// fails at once. A database that is not there (4060) is made later.
    /// </summary>
    private static void LogIn(IdentityDb db)
    {
        try
        {
            db.Database.OpenConnection();
            db.Database.CloseConnection();
        }
        catch (SqlException error) when (error.Number == DatabaseMissing)
        {
        }
    }
}
