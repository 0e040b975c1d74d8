/** One block of a PEM file (RFC 7468). */
export interface PemBlock {
  /** What stands after `BEGIN`, such as `CERTIFICATE`. */
  readonly label: string
  /** Missing where the base64 is damaged. */
  readonly der?: Buffer
  /** Headers of the old encrypted form (RFC 1421), such as `DEK-Info: AES-256-CBC,…`; empty otherwise. */
  readonly headers: string
}

/**
 * The blocks of a text, whatever its line ends, with or without a byte order mark, also in the UTF-16 that PowerShell
 * writes; undefined where the file is no such text. A text that is nothing but base64 counts as one block.
 */
export function pemBlocks(bytes: Uint8Array): readonly PemBlock[] | undefined {
  const text = textIn(bytes)
  const blocks = [...text.matchAll(/-----BEGIN ([^-\r\n]+)-----([^-]*(?:-(?!----)[^-]*)*)-----END \1-----/g)]
  if (blocks.length > 0 || text.includes('-----BEGIN '))
    return blocks.map(([, label, body]) => block(label!, body!))
  const bare = text.trim()
  return bare.length >= 64 && isBase64(bare) ? [block('', bare)] : undefined
}

function block(label: string, body: string): PemBlock {
  const [, headers = '', base64 = ''] =
    /^((?:\s*[\w-]+:[^\n]*\n(?:[ \t]+\S[^\n]*\n)*)*)([\s\S]*)$/.exec(body) ?? []
  return { label, headers, ...(isBase64(base64) ? { der: Buffer.from(base64, 'base64') } : {}) }
}

function isBase64(text: string): boolean {
  const bare = text.replace(/\s+/g, '')
  return bare !== '' && bare.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(bare)
}

function textIn(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes)
  if (buffer[0] === 0xff && buffer[1] === 0xfe) return buffer.subarray(2).toString('utf16le')
  if (buffer[0] === 0xfe && buffer[1] === 0xff)
    return buffer
      .subarray(2, buffer.length & ~1)
      .swap16()
      .toString('utf16le')
  // A mark of UTF-8 stands before the first line and so in nobody's way.
  return buffer.toString('latin1').replace(/^ï»¿/, '')
}
