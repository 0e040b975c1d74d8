/** Names that Windows takes for devices, with or without an extension. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$/i

/**
 * Why a path inside an archive may not be unpacked, or undefined when it may. Stricter than any one system,
 * because the archive may be checked on one and unpacked on another.
 *
 * `escape` would leave the target folder; `name` cannot be a file name everywhere.
 */
export function flawOfName(
  name: string,
  maxLength: number,
): { kind: 'escape' | 'name'; why: string } | undefined {
  const escape = (why: string) => ({ kind: 'escape' as const, why })
  const wrong = (why: string) => ({ kind: 'name' as const, why })
  if (name === '') return wrong('it is empty')
  if (name.length > maxLength) return wrong(`it is longer than ${maxLength} characters`)
  if (name.includes('\\')) return escape('it holds a backslash, which Windows takes for a folder separator')
  if (name.startsWith('/')) return escape('it is an absolute path')
  if (/^[A-Za-z]:/.test(name)) return escape('it names a drive')
  const parts = (name.endsWith('/') ? name.slice(0, -1) : name).split('/')
  if (parts.includes('..')) return escape('it climbs out of the folder with ..')
  for (const part of parts) {
    if (part === '' || part === '.') return wrong('it holds an empty folder name')
    if (/\p{Cc}/u.test(part)) return wrong('it holds a control character')
    if (part.includes(':')) return wrong('it holds a colon, which Windows takes for an alternate data stream')
    if (/[<>"|?*]/.test(part)) return wrong('it holds a character that Windows does not allow')
    if (/[. ]$/.test(part)) return wrong('a name in it ends with a full stop or a blank, which Windows drops')
    if (DEVICE.test(part)) return wrong(`${part} is the name of a Windows device`)
    if (!part.isWellFormed()) return wrong('it is not valid Unicode')
  }
  return undefined
}

/** Two paths that Windows or macOS would store in the same file have the same key. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase()
}
