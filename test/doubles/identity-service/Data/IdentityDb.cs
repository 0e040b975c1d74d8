using Microsoft.EntityFrameworkCore;

namespace IdentityService.Data;

/// <summary>The tables that this double reads and writes; schema.sql makes all 23. Table names are the set names.</summary>
public sealed class IdentityDb(DbContextOptions<IdentityDb> options) : DbContext(options)
{
    public DbSet<Client> Clients => Set<Client>();
    public DbSet<ClientSecret> ClientSecrets => Set<ClientSecret>();
    public DbSet<ClientGrantType> ClientGrantTypes => Set<ClientGrantType>();
    public DbSet<ClientScope> ClientScopes => Set<ClientScope>();
    public DbSet<ClientRedirectUri> ClientRedirectUris => Set<ClientRedirectUri>();
    public DbSet<ClientPostLogoutRedirectUri> ClientPostLogoutRedirectUris => Set<ClientPostLogoutRedirectUri>();
    public DbSet<ClientProperty> ClientProperties => Set<ClientProperty>();
    public DbSet<ApiScope> ApiScopes => Set<ApiScope>();
    public DbSet<ApiResource> ApiResources => Set<ApiResource>();
    public DbSet<ApiResourceScope> ApiResourceScopes => Set<ApiResourceScope>();
    public DbSet<IdentityResource> IdentityResources => Set<IdentityResource>();
    public DbSet<IdentityResourceClaim> IdentityResourceClaims => Set<IdentityResourceClaim>();

    /// <summary>
    /// Required in the database, not in the model: a client without an id is refused by the table, as observed.
    /// </summary>
    protected override void OnModelCreating(ModelBuilder model) =>
        model.Entity<Client>().HasMany(client => client.Secrets).WithOne().HasForeignKey(secret => secret.ClientId);
}
