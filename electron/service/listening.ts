/** An address that the service listens on. */
export interface Listening {
  readonly scheme: 'http' | 'https'
  readonly port: number
}

/**
 * What Kestrel is told to listen on by environment variables: `ASPNETCORE_URLS` and, where that is missing,
 * `ASPNETCORE_HTTP_PORTS` and `ASPNETCORE_HTTPS_PORTS`, which the images of .NET 8 set.
 * https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints
 */
export function listeningOn(environment: Readonly<Record<string, string>>): readonly Listening[] {
  const value = (name: string) => {
    const spelled = Object.keys(environment).find((key) => key.toLowerCase() === name.toLowerCase())
    return spelled === undefined ? '' : environment[spelled]!.trim()
  }
  const urls = ['URLS', 'ASPNETCORE_URLS', 'DOTNET_URLS'].map(value).find((text) => text !== '')
  if (urls !== undefined) return urls.split(';').flatMap(parseUrl)
  return (['http', 'https'] as const).flatMap((scheme) =>
    ['ASPNETCORE', 'DOTNET']
      .flatMap((prefix) => value(`${prefix}_${scheme}_PORTS`).split(';'))
      .map(Number)
      .filter((port) => port > 0)
      .map((port) => ({ scheme, port })),
  )
}

/** `http://+:80`, `https://*:443/path`, `http://[::]:8080`; without a port the scheme's own. */
function parseUrl(text: string): readonly Listening[] {
  const [, scheme, port] = /^\s*(https?):\/\/(?:\[[^\]]*\]|[^:/]*)(?::(\d+))?/i.exec(text) ?? []
  if (scheme === undefined) return []
  const known = scheme.toLowerCase() === 'https' ? 'https' : 'http'
  return [{ scheme: known, port: port === undefined ? (known === 'https' ? 443 : 80) : Number(port) }]
}
