using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace ConnectionBuilders;

/// <summary>What a driver reads in a connection string.</summary>
/// <param name="Values">By the driver's own name of the keyword: what the text sets.</param>
/// <param name="Defaults">Likewise: what the driver takes for everything else, as far as it is not empty.</param>
/// <param name="Error">Why it is refused; values are missing then.</param>
/// <param name="RefusedBy">
/// <c>builder</c>: the class that reads connection strings; <c>connection</c>: the one that would open it, which has
/// rules of its own (a host is needed, two keywords exclude each other). Nothing is opened.
/// </param>
public sealed record Answer(
    JsonElement Id,
    bool Ok,
    Dictionary<string, string>? Values = null,
    Dictionary<string, string>? Defaults = null,
    string? Error = null,
    string? RefusedBy = null)
{
    public static Answer To(Request request)
    {
        DbConnectionStringBuilder builder;
        try
        {
            builder = Builder(request);
        }
        catch (Exception error)
        {
            return Refusal(request, "builder", error);
        }
        try
        {
            Connect(request);
        }
        catch (Exception error)
        {
            return Refusal(request, "connection", error);
        }
        return new Answer(request.Id, true, builder.Set(), builder.Defaults());
    }

    private static DbConnectionStringBuilder Builder(Request request) => request.Provider switch
    {
        "PostgreSQL" => new NpgsqlConnectionStringBuilder(request.Text),
        "MsSqlServer" => new SqlConnectionStringBuilder(request.Text),
        "Ado" => new DbConnectionStringBuilder { ConnectionString = request.Text },
        var other => throw new NotSupportedException($"No builder for {other}"),
    };

    /// <summary>Everything before the socket.</summary>
    private static void Connect(Request request)
    {
        if (request.Provider == "PostgreSQL") NpgsqlDataSource.Create(request.Text).Dispose();
        if (request.Provider == "MsSqlServer") new SqlConnection(request.Text).Dispose();
    }

    private static Answer Refusal(Request request, string by, Exception error) =>
        new(request.Id, false, Error: $"{error.GetType().Name}: {error.Message}", RefusedBy: by);
}
