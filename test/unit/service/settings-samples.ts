import { readFile } from 'node:fs/promises'

/** The sample settings file as text with LF, however the checkout stored it. */
export async function sampleSettings(): Promise<string> {
  const url = new URL('../../fixtures/service/appsettings.json', import.meta.url)
  return (await readFile(url, 'utf8')).replaceAll('\r\n', '\n')
}

/** Text as bytes in the ways .NET's StreamReader knows; `utf-8` with and without its mark. */
export const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with mark': (text) => Buffer.from(`\uFEFF${text}`),
  'utf-16le': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16(),
  'utf-32le': (text) => utf32(text, true),
  'utf-32be': (text) => utf32(text, false),
}

function utf32(text: string, littleEndian: boolean): Uint8Array {
  const points = Array.from(`\uFEFF${text}`, (character) => character.codePointAt(0)!)
  const view = new DataView(new ArrayBuffer(points.length * 4))
  points.forEach((point, index) => view.setUint32(index * 4, point, littleEndian))
  return new Uint8Array(view.buffer)
}
