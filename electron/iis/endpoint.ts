/** What of a website decides how HTTP.sys and callers know it. */
export interface Address {
  /** Host header of its bindings. */
  readonly hostName?: string | undefined
  readonly https?: { readonly port: number; readonly sni?: boolean | undefined } | undefined
}

/** The endpoint of HTTP.sys that an https binding needs: of a name with SNI, else of the port on all addresses. */
export function endpointOf({ hostName, https }: Address): { endpoint: string; kind: 'ip' | 'sni' } {
  const port = https?.port ?? 443
  return https?.sni === true && hostName !== undefined
    ? { endpoint: `${hostName}:${port}`, kind: 'sni' }
    : { endpoint: `0.0.0.0:${port}`, kind: 'ip' }
}

/** The name by which callers know the service, as far as it is known: of its URL, else the host header. */
export function nameOfCallers({ hostName }: Address, publicUrl: string | undefined): string | undefined {
  return publicUrl !== undefined && URL.canParse(publicUrl) ? new URL(publicUrl).hostname : hostName
}
