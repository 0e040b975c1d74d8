using IdentityService.Data;
using IdentityService.Endpoints;
using IdentityService.Signing;
using Microsoft.EntityFrameworkCore;

// The order is the observed one: settings, signing key, database, tables, seed, port. Nothing is caught on purpose:
// a start that fails ends as .NET ends it, with an unhandled exception on standard error.

var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration;

builder.Services.AddSingleton(SigningKey.Load(settings["X509CertificatePath"], settings["SigningAlgorithm"]));
builder.Services.AddDbContext<IdentityDb>(options => DbProvider.Configure(options, settings));

var app = builder.Build();

using (var start = app.Services.CreateScope())
{
    var db = start.ServiceProvider.GetRequiredService<IdentityDb>();
    Schema.EnsureCreated(db);
    Seed.Resources(db);
    Seed.Clients(db, settings["Clients"]);
}

// Since 8.3.1 the vendor's service can advertise https though requests arrive as http (behind a proxy).
if (settings.GetValue<bool>("ForceHttpsSchemeInRequests"))
{
    app.Use((context, next) =>
    {
        context.Request.Scheme = "https";
        return next(context);
    });
}

app.MapGet("/.well-known/openid-configuration", Discovery.Document);
app.MapGet("/.well-known/openid-configuration/jwks", Discovery.Keys);
app.Map("/connect/token", TokenEndpoint.Respond);
app.Run();
