using System.Text.Json;
using System.Text.Json.Serialization;
using ConnectionBuilders;

// Standard input: a JSON request a line, so that passwords stay off the command line. Standard output: a JSON answer a
// line, in the same order. One process for all of them, because a start of .NET takes longer than reading thousands.

var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
{
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
};
while (Console.In.ReadLine() is { } line)
{
    if (line.Length == 0) continue;
    var request = JsonSerializer.Deserialize<Request>(line, options)!;
    Console.WriteLine(JsonSerializer.Serialize(Answer.To(request), options));
}
