using System.Text.Json;

namespace ConnectionBuilders;

/// <summary>One connection string to be read.</summary>
/// <param name="Id">Comes back with the answer.</param>
/// <param name="Provider"><c>PostgreSQL</c>, <c>MsSqlServer</c>, or <c>Ado</c>: ADO.NET's rules with any keywords.</param>
public sealed record Request(JsonElement Id, string Provider, string Text);
