import { type DiscoveryDocument, offersClientCredentials } from './discovery.ts'

/** One thing a discovery document says about the service. */
export interface Finding {
  readonly id: 'endpoints' | 'client-credentials' | 'issuer'
  readonly level: 'passed' | 'warning' | 'failed' | 'note'
  /** What was found, in one sentence. */
  readonly summary: string
  readonly cause?: string
  /** What to do; starts with a verb. */
  readonly next?: string
}

/** What the document says, held against the address that Creatio is to use. Needs no network. */
export function judgeDiscovery(document: DiscoveryDocument, publicUrl: string): readonly Finding[] {
  return [judgeEndpoints(document, new URL(publicUrl)), judgeGrant(document), noteIssuer(document, publicUrl)]
}

function judgeEndpoints(document: DiscoveryDocument, wanted: URL): Finding {
  const addresses = (['token_endpoint', 'jwks_uri'] as const).map((field) => new URL(document[field]))
  const scheme = addresses.find(({ protocol }) => protocol !== wanted.protocol)
  if (scheme !== undefined && wanted.protocol === 'http:')
    return {
      id: 'endpoints',
      level: 'failed',
      summary: `The service is asked over http and names ${scheme.origin} as its address; Creatio will call that one.`,
      cause: 'Since Creatio 8.3.1 the setting ForceHttpsSchemeInRequests is on unless told otherwise.',
      next: 'Set up HTTPS, or set ForceHttpsSchemeInRequests to false in appsettings.json and restart the service.',
    }
  if (scheme !== undefined)
    return {
      id: 'endpoints',
      level: 'failed',
      summary: `The service is asked over https and names ${scheme.origin} as its address; Creatio will call that one.`,
      cause: 'A proxy ends HTTPS in front of the service and does not pass on that it did.',
      next: 'Let the proxy send X-Forwarded-Proto, or set ForceHttpsSchemeInRequests to true (Creatio 8.3.1 and later).',
    }
  const other = addresses.find(({ host }) => host !== wanted.host)
  if (other !== undefined)
    return {
      id: 'endpoints',
      level: 'warning',
      summary: `The service names ${other.origin} as its address instead of ${wanted.origin}; Creatio will call that one.`,
      cause: 'A proxy in front of the service does not pass on the host it was asked for.',
      next: `Let the proxy keep the Host header, or use ${other.origin} as Identity Service URL if Creatio reaches it.`,
    }
  return { id: 'endpoints', level: 'passed', summary: `Its addresses begin with ${wanted.origin}.` }
}

function judgeGrant(document: DiscoveryDocument): Finding {
  const offered = offersClientCredentials(document)
  const id = 'client-credentials'
  if (offered === true) return { id, level: 'passed', summary: 'The service offers client_credentials.' }
  if (offered === undefined)
    return {
      id,
      level: 'warning',
      summary: 'The document does not say which grants the service offers.',
      next: 'Look at the token check: it asks for a token by client_credentials.',
    }
  return {
    id,
    level: 'failed',
    summary: 'The service does not offer client_credentials, the grant Creatio uses.',
    next: 'Check host and port in the Identity Service URL: this is another OpenID provider.',
  }
}

function noteIssuer(document: DiscoveryDocument, publicUrl: string): Finding {
  const same = document.issuer.replace(/\/$/, '') === publicUrl.replace(/\/$/, '')
  return {
    id: 'issuer',
    level: 'note',
    summary: same
      ? `The issuer is the Identity Service URL, ${document.issuer}.`
      : `The issuer is “${document.issuer}”, the constant of the setting IssuerUri, as usual for this service.`,
  }
}
