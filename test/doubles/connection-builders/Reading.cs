using System.ComponentModel;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using Microsoft.Data.SqlClient;
using Npgsql;

namespace ConnectionBuilders;

/// <summary>The three builders list their keywords in three ways.</summary>
internal static class Reading
{
    /// <summary>Npgsql's own attribute on the properties that are keywords; its class is not public.</summary>
    private const string KeywordMark = "NpgsqlConnectionStringPropertyAttribute";

    /// <summary>What the text sets. SqlClient lists every keyword it knows and marks these.</summary>
    public static Dictionary<string, string> Set(this DbConnectionStringBuilder builder) => builder.Keys.Cast<string>()
        .Where(keyword => builder is not SqlConnectionStringBuilder || builder.ShouldSerialize(keyword))
        .ToDictionary(keyword => keyword, keyword => Text(builder[keyword]));

    /// <summary>What it leaves to the driver. Npgsql lists only what is set, and an empty builder knows the rest.</summary>
    public static Dictionary<string, string> Defaults(this DbConnectionStringBuilder builder) => builder switch
    {
        SqlConnectionStringBuilder => Filled(builder.Keys.Cast<string>()
            .Where(keyword => !builder.ShouldSerialize(keyword))
            .Select(keyword => (keyword, (object?)builder[keyword]))),
        NpgsqlConnectionStringBuilder npgsql => Filled(Npgsql(npgsql)),
        _ => [],
    };

    private static IEnumerable<(string, object?)> Npgsql(NpgsqlConnectionStringBuilder builder)
    {
        var set = builder.Keys.ToHashSet();
        return builder.GetType().GetProperties()
            .Where(property => property.CustomAttributes.Any(data => data.AttributeType.Name == KeywordMark))
            .Select(property => (keyword: property.GetCustomAttribute<DisplayNameAttribute>()!.DisplayName, property))
            .Where(pair => !set.Contains(pair.keyword))
            .Select(pair => (pair.keyword, pair.property.GetValue(builder)));
    }

    private static Dictionary<string, string> Filled(IEnumerable<(string keyword, object? value)> pairs) => pairs
        .Select(pair => (pair.keyword, value: Text(pair.value)))
        .Where(pair => pair.value != "")
        .ToDictionary(pair => pair.keyword, pair => pair.value);

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
