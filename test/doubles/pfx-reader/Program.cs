using System.Text.Json;
using PfxReader;

// Standard input: a JSON list of files, so that passwords stay off the command line. Standard output: the answers, in
// the same order. One process for all of them, because a start of .NET takes longer than reading a hundred files.

var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
var requests = JsonSerializer.Deserialize<Request[]>(Console.In.ReadToEnd(), options)!;
Console.WriteLine(JsonSerializer.Serialize(requests.Select(request => request.Carry()), options));
