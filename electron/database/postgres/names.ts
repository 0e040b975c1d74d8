/** A name as SQL wants it, for a server that cannot be asked for `quote_ident`. */
export function quotedName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as SQL wants it, whatever `standard_conforming_strings` says: `E'…'` where it holds a backslash. */
export function quotedText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`
  return text.includes('\\') ? `E${quoted}` : quoted
}
