import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Node, ParseError } from 'jsonc-parser'
import type { DotnetException } from './failure.ts'
import { StartFailure } from './failure.ts'
import { jsonFault } from './settings-fault.ts'

/** Reads a whole file; rejects as Node's own does. */
export type ReadFile = (path: string) => Promise<Buffer>

/** Settings as ASP.NET Core sees them: one flat list of keys such as `Logging:LogLevel:Default`, in any case. */
export class Settings {
  readonly #values = new Map<string, string>()

  set(key: string, value: string): void {
    this.#values.set(key.toLowerCase(), value)
  }

  has(key: string): boolean {
    return this.#values.has(key.toLowerCase())
  }

  /** The value, or undefined when the key is missing. */
  get(key: string): string | undefined {
    return this.#values.get(key.toLowerCase())
  }
}

/**
 * Reads `appsettings.json` (and the file of the environment, Production by default) in a folder; environment
 * variables win, with `__` for `:`. A missing file is no error, as in ASP.NET Core. Throws a StartFailure.
 * https://learn.microsoft.com/aspnet/core/fundamentals/configuration
 *
 * @param read how a file is read; it rejects with `EACCES` where the service's account may not
 */
export async function readSettings(
  folder: string,
  env: NodeJS.ProcessEnv,
  read: ReadFile = readFile,
): Promise<Settings> {
  const settings = new Settings()
  const variables = Object.entries(env).map(([name, value]) => [name.replaceAll('__', ':'), value!] as const)
  for (const [name, value] of variables)
    if (/^ASPNETCORE_/i.test(name)) settings.set(name.slice('ASPNETCORE_'.length), value)
  for (const name of [
    'appsettings.json',
    `appsettings.${env['ASPNETCORE_ENVIRONMENT'] ?? 'Production'}.json`,
  ])
    await addFile(settings, join(folder, name), read)
  for (const [name, value] of variables) settings.set(name, value)
  return settings
}

async function addFile(settings: Settings, file: string, read: ReadFile): Promise<void> {
  const bytes = await read(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    // The file is opened before the reader's own handling of errors begins: nothing stands around this one.
    throw new StartFailure('System.UnauthorizedAccessException', `Access to the path '${file}' is denied.`)
  })
  if (bytes === undefined) return
  const text = decode(bytes)
  const { parseTree, printParseErrorCode } = await import('jsonc-parser')
  const errors: ParseError[] = []
  const root = parseTree(text, errors, { allowTrailingComma: true, disallowComments: false })
  const [error] = errors
  if (error !== undefined || root === undefined) {
    const kind = error && printParseErrorCode(error.error)
    const message = jsonFault(text, kind, error?.offset ?? text.length, error?.length ?? 0)
    const inner = { type: 'System.Text.Json.JsonReaderException', message }
    throw notLoaded(file, { ...format('Could not parse the JSON file.'), inner })
  }
  if (root.type !== 'object')
    throw notLoaded(
      file,
      format(`Top-level JSON element must be an object. Instead, '${root.type}' was found.`),
    )
  const own = new Settings()
  flatten(root, [], (key, value) => {
    if (own.has(key)) throw notLoaded(file, format(`A duplicate key '${key}' was found.`))
    own.set(key, value)
    settings.set(key, value)
  })
}

/** .NET's reader recognises all three marks; without one it takes UTF-8. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}

function flatten(node: Node, path: readonly string[], add: (key: string, value: string) => void): void {
  if (node.type === 'object')
    for (const property of node.children ?? []) {
      const [name, value] = property.children ?? []
      if (name && value) flatten(value, [...path, String(name.value)], add)
    }
  else if (node.type === 'array')
    node.children?.forEach((item, index) => flatten(item, [...path, String(index)], add))
  else add(path.join(':'), scalar(node.value))
}

function scalar(value: unknown): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

function format(message: string): DotnetException {
  return { type: 'System.FormatException', message }
}

function notLoaded(file: string, inner: DotnetException): StartFailure {
  return new StartFailure(
    'System.IO.InvalidDataException',
    `Failed to load configuration from file '${file}'.`,
    inner,
  )
}
