/** What IIS and the ASP.NET Core module take from a site's web.config. */
export interface SiteWebConfig {
  /** Attributes of `aspNetCore`; absent without that element. */
  readonly aspNetCore?: Readonly<Record<string, string>>
  readonly environment: Readonly<Record<string, string>>
  /** Attributes of `httpRedirect`, if it stands there. */
  readonly httpRedirect?: Readonly<Record<string, string>>
}

/** What makes web.config unreadable to IIS. */
export class MalformedWebConfig extends Error {}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const TAG =
  /<!--[^]*?-->|<\?[^]*?\?>|<(\/?)([\w.:-]+)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/g

/**
 * Reads web.config. A reader of its own, apart from the wizard's: if both shared one, a file that only they
 * understand would pass for a good one. Throws {@link MalformedWebConfig}.
 */
export function readSiteWebConfig(bytes: Uint8Array): SiteWebConfig {
  const text = new TextDecoder().decode(bytes)
  const found: { aspNetCore?: Record<string, string>; httpRedirect?: Record<string, string> } = {}
  const environment: Record<string, string> = {}
  const open: string[] = []
  let end = 0
  for (const match of text.matchAll(TAG)) {
    // Between two tags stands text, and an angle bracket in it would be no text.
    if (/[<>]/.test(text.slice(end, match.index))) throw new MalformedWebConfig()
    end = match.index + match[0].length
    const [, closing, name, attributeText = '', alone] = match
    if (name === undefined) continue
    if (closing === '/') {
      if (open.pop() !== name) throw new MalformedWebConfig()
      continue
    }
    const attributes = attributesOf(attributeText)
    if (name === 'aspNetCore') found.aspNetCore ??= attributes
    if (name === 'httpRedirect') found.httpRedirect ??= attributes
    const parent = open.at(-1)
    if (
      name === 'environmentVariable' &&
      parent === 'environmentVariables' &&
      attributes['name'] !== undefined
    )
      environment[attributes['name']] = attributes['value'] ?? ''
    if (alone !== '/') open.push(name)
  }
  if (open.length > 0 || !/<configuration[\s/>]/.test(text) || text.slice(end).trim() !== '')
    throw new MalformedWebConfig()
  return { ...found, environment }
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
  return Object.fromEntries(pairs.map(([, name, double, single]) => [name!, plain(double ?? single!)]))
}

function plain(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    return ENTITIES[name as string] ?? whole
  })
}
