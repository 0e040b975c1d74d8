using System.Text.Json;

namespace IdentityService.Endpoints;

/// <summary>JSON as IdentityServer4 writes it: this content type, and <c>+</c> as <c>\u002B</c>.</summary>
public static class Answer
{
    /// <summary>System.Text.Json's own rules; those of ASP.NET Core escape less.</summary>
    private static readonly JsonSerializerOptions Strict = new();

    public static IResult Json(object body, int status = StatusCodes.Status200OK) =>
        Results.Json(body, Strict, "application/json; charset=UTF-8", status);
}
