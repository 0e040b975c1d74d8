/** One part of a configuration path: an element or attribute, or the entry of a collection. */
export type PathPart = { readonly name: string } | { readonly entry: Readonly<Record<string, string>> }

/** Where a path such as `/bindings.[protocol='https'].sslFlags:1` has its colon, outside brackets; -1: none. */
export function colonOf(text: string, bracketsInQuotes: boolean): number {
  let quoted = false
  let inside = false
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (inside && char === "'") quoted = !quoted
    else if (char === '[') inside = true
    else if (char === ']' && !(quoted && bracketsInQuotes)) inside = quoted = false
    else if (char === ':' && !inside) return at
  }
  return -1
}

/**
 * Reads `recycling.periodicRestart.schedule.[value='03:00:00']` or `[path='/'].applicationPool`; undefined when it
 * is none.
 * @param bracketsInQuotes see `UnverifiedBehaviour`.
 */
export function parsePath(text: string, bracketsInQuotes: boolean): readonly PathPart[] | undefined {
  const parts: PathPart[] = []
  let rest = text
  while (rest !== '') {
    const selector = rest.startsWith('[') ? selectorAt(rest, bracketsInQuotes) : undefined
    const name = /^[A-Za-z0-9_]+/.exec(rest)?.[0]
    if (selector !== undefined) parts.push({ entry: selector.entry })
    else if (name !== undefined) parts.push({ name })
    else return undefined
    rest = rest.slice(selector?.length ?? name!.length)
    if (rest === '') return parts
    if (!rest.startsWith('.') || rest.length === 1) return undefined
    rest = rest.slice(1)
  }
  return undefined
}

function selectorAt(
  text: string,
  bracketsInQuotes: boolean,
): { readonly entry: Record<string, string>; readonly length: number } | undefined {
  const value = bracketsInQuotes ? "[^']*" : "[^'\\]]*"
  const pair = `\\w+='${value}'`
  const whole = new RegExp(`^\\[${pair}(?:,${pair})*\\]`).exec(text)?.[0]
  if (whole === undefined) return undefined
  const pairs = whole.matchAll(new RegExp(`(\\w+)='(${value})'`, 'g'))
  return { entry: Object.fromEntries([...pairs].map(([, key, each]) => [key!, each!])), length: whole.length }
}
