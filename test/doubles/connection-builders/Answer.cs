using System.Data.Common;
using System.Text.Json;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace ConnectionBuilders;

/// <summary>What a driver reads in a connection string.</summary>
/// <param name="Values">By the driver's own name of the keyword: what the text sets.</param>
/// <param name="Defaults">Likewise: what the driver takes for everything else, as far as it is not empty.</param>
/// <param name="GoesTo">
/// Where the connection would go, in the driver's words: <c>tcp://host:port</c> of Npgsql, the data source of SqlClient.
/// </param>
/// <param name="Error">Why it is refused.</param>
/// <param name="RefusedBy">
/// <c>builder</c>: the class that reads connection strings, and then there are no values; <c>connection</c>: the one that
/// would open it, which has rules of its own (a host is needed, two keywords exclude each other). Nothing is opened.
/// </param>
public sealed record Answer(
    JsonElement Id,
    bool Ok,
    Dictionary<string, string>? Values = null,
    Dictionary<string, string>? Defaults = null,
    string? GoesTo = null,
    string? Error = null,
    string? RefusedBy = null)
{
    public static Answer To(Request request)
    {
        var answer = new Answer(request.Id, false);
        try
        {
            var builder = Builder(request);
            answer = answer with { Values = builder.Set(), Defaults = builder.Defaults() };
            return answer with { Ok = true, GoesTo = Destination(request) };
        }
        catch (Exception error)
        {
            return answer with
            {
                Error = $"{error.GetType().Name}: {error.Message}",
                RefusedBy = answer.Values is null ? "builder" : "connection",
            };
        }
    }

    private static DbConnectionStringBuilder Builder(Request request) => request.Provider switch
    {
        "PostgreSQL" => new NpgsqlConnectionStringBuilder(request.Text),
        "MsSqlServer" => new SqlConnectionStringBuilder(request.Text),
        "Ado" => new DbConnectionStringBuilder { ConnectionString = request.Text },
        var other => throw new NotSupportedException($"No builder for {other}"),
    };

    /// <summary>Everything before the socket; null where ADO.NET's rules alone are asked for.</summary>
    private static string? Destination(Request request)
    {
        if (request.Provider == "Ado") return null;
        using DbConnection connection = request.Provider == "PostgreSQL"
            ? new NpgsqlConnection(request.Text)
            : new SqlConnection(request.Text);
        return connection.DataSource;
    }
}
