/**
 * Every spelling in which a value may stand in text that leaves the program: as it is; with the quotation marks of a
 * connection string doubled; JSON-escaped once to three times (the vendor's `Clients` is JSON in a string in JSON), by
 * JavaScript and by .NET; XML-escaped, alone and around JSON; URL-encoded; Base64 and Base64url, also inside the Base64
 * of a longer text.
 */
export function spellingsOf(value: string): ReadonlySet<string> {
  const texts = [value, value.replaceAll('"', '""'), value.replaceAll("'", "''")]
  const escaped = texts.flatMap((text) => jsonSpellings(text)).flatMap((text) => xmlSpellings(text))
  const encoded = [...escaped, ...urlSpellings(value)].flatMap((text) => hexCases(text))
  return new Set([...encoded, ...base64Spellings(value)])
}

function jsonSpellings(text: string): string[] {
  const found = [text]
  for (const encode of [jsonInner, dotnetJson]) {
    let nested = text
    for (let level = 0; level < 3; level++) found.push((nested = encode(nested)))
  }
  return found
}

function jsonInner(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

/** As System.Text.Json writes by default: what is not plain ASCII, and what HTML minds, by number. */
function dotnetJson(text: string): string {
  return jsonInner(text)
    .replaceAll('\\"', '\\u0022')
    .replace(
      /[^ -~]|[<>&'+`]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
    )
}

/** Writers of XML agree on `&` and `<` only: `>` and the quotation mark that does not end the value may stand as they are. */
function xmlSpellings(text: string): string[] {
  const least = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const marks = [least, least.replaceAll('>', '&gt;')]
  const quoted = marks.flatMap((one) => [one, one.replaceAll('"', '&quot;')])
  return [
    text,
    ...quoted.flatMap((one) => [one, one.replaceAll("'", '&apos;'), one.replaceAll("'", '&#39;')]),
  ]
}

function urlSpellings(value: string): string[] {
  // Half of a character cannot be encoded; whoever encodes it puts the replacement character there.
  const text = encodeURIComponent(value.toWellFormed())
  const strict = text.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
  return [text, strict, strict.replaceAll('%20', '+'), new URLSearchParams({ v: value }).toString().slice(2)]
}

/** Hexadecimal digits of `%2f` and `\u00fc` are written either way. */
function hexCases(text: string): string[] {
  const digits = /%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}/g
  const small = text.replace(digits, (one) => one.toLowerCase())
  const large = text.replace(digits, (one) => one[0] + one.slice(1).toUpperCase().replace('U', 'u'))
  return [text, small, large]
}

function base64Spellings(value: string): string[] {
  const bytes = Buffer.from(value)
  const whole = bytes.toString('base64')
  const found = [whole, whole.replace(/=+$/, ''), bytes.toString('base64url')]
  for (const offset of [0, 1, 2]) {
    const inner = base64Inside(bytes, offset)
    if (inner.length >= LONGEST_CHANCE) found.push(inner, inner.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return found
}

/** Shorter pieces of Base64 turn up in other Base64 by chance. */
const LONGEST_CHANCE = 6

/**
 * What the bytes look like `offset` bytes behind a multiple of three in a longer text. Digits that depend on a neighbour
 * are left out: of the secret they hold a few bits.
 */
function base64Inside(bytes: Buffer, offset: number): string {
  const digits = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  const first = Math.ceil((offset * 8) / 6)
  const last = Math.floor(((offset + bytes.length) * 8) / 6)
  return digits.slice(first, last)
}
