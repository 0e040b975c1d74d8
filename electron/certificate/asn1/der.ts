/**
 * The few DER shapes a PKCS#12 file is made of (ITU-T X.690). Each function returns one encoded element;
 * elements nest by being passed as parts.
 */

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return element(0x30, parts)
}

export function setOf(...parts: readonly Uint8Array[]): Buffer {
  return element(0x31, parts)
}

export function octets(bytes: Uint8Array): Buffer {
  return element(0x04, [bytes])
}

/** A non-negative whole number below 2^31. */
export function integer(value: number): Buffer {
  const hex = value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  // A leading bit of 1 would make the number negative.
  return element(0x02, bytes[0]! & 0x80 ? [Buffer.of(0), bytes] : [bytes])
}

export function nothing(): Buffer {
  return Buffer.of(0x05, 0)
}

/** UTF-16 text, big-endian: what PKCS#12 wants for names. */
export function bmpString(text: string): Buffer {
  return element(0x1e, [Buffer.from(text, 'utf16le').swap16()])
}

/** An object identifier such as `1.2.840.113549.1.7.1`. */
export function identifier(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number)
  const body = [first! * 40 + second!]
  for (const arc of rest) body.push(...base128(arc))
  return element(0x06, [Buffer.from(body)])
}

/** `[n] EXPLICIT`. */
export function tagged(n: number, ...parts: readonly Uint8Array[]): Buffer {
  return element(0xa0 | n, parts)
}

/** `[n] IMPLICIT OCTET STRING`. */
export function taggedOctets(n: number, bytes: Uint8Array): Buffer {
  return element(0x80 | n, [bytes])
}

function element(tag: number, parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag), lengthOf(body.length), body])
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.of(length)
  const hex = length.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes])
}

function base128(arc: number): number[] {
  const digits = [arc & 0x7f]
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
    digits.unshift((left & 0x7f) | 0x80)
  return digits
}
