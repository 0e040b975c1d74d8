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
    public static void EnsureCreated(IdentityDb db)
    {
        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!creator.Exists()) creator.Create();

        var present = db.Database
            .SqlQueryRaw<bool>("""SELECT to_regclass('"Clients"') IS NOT NULL AS "Value" """)
            .Single();
        if (present) return;

        using var script = new StreamReader(typeof(Schema).Assembly.GetManifestResourceStream("schema.sql")!);
        using var transaction = db.Database.BeginTransaction();
        foreach (var statement in script.ReadToEnd().Split(";\n", StringSplitOptions.RemoveEmptyEntries))
        {
            db.Database.ExecuteSqlRaw(statement);
        }
        transaction.Commit();
    }
}
