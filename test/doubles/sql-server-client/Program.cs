// Microsoft.Data.SqlClient as a program: reads one JSON request from standard input, does its statements on one connection,
// and answers with one line of JSON. It shows that the responder of test/doubles/sql-server is understood by Microsoft's own driver.
using System.Text.Json;
using Microsoft.Data.SqlClient;

var json = new JsonSerializerOptions(JsonSerializerDefaults.Web);
var request = JsonSerializer.Deserialize<Request>(Console.In.ReadToEnd(), json)!;
Console.WriteLine(JsonSerializer.Serialize(Answer(request), json));

static Answer Answer(Request request)
{
    try
    {
        using var connection = new SqlConnection(request.ConnectionString);
        connection.Open();
        using var transaction = request.Transaction == null ? null : connection.BeginTransaction();
        var results = request.Statements.Select(sql => Ask(connection, transaction, sql)).ToArray();
        if (request.Transaction == "commit") transaction!.Commit();
        if (request.Transaction == "rollback") transaction!.Rollback();
        return new Answer(results, connection.Database, null, null);
    }
    catch (SqlException error)
    {
        return new Answer([], null, error.Errors.Cast<SqlError>().Select(one => one.Number).ToArray(), $"{error.Message} {error.GetBaseException().Message}");
    }
}

static string?[][] Ask(SqlConnection connection, SqlTransaction? transaction, string sql)
{
    using var command = new SqlCommand(sql, connection, transaction);
    using var reader = command.ExecuteReader();
    var rows = new List<string?[]>();
    while (reader.Read())
        rows.Add(Enumerable.Range(0, reader.FieldCount).Select(at => Text(reader, at)).ToArray());
    return rows.ToArray();
}

static string? Text(SqlDataReader reader, int at) =>
    reader.IsDBNull(at) ? null
    : reader.GetValue(at) switch
    {
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => time.ToString("O"),
        var value => FormattableString.Invariant($"{value}"),
    };

internal sealed record Request(string ConnectionString, string[] Statements, string? Transaction);

internal sealed record Answer(string?[][][] Results, string? Database, int[]? Numbers, string? Error);
