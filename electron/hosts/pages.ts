import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'

/** One answer of the page server, the same over `app://` and over HTTP. */
export interface PageAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Answers a path such as `/` or `/assets/index-1a2b.js`; what is not a file of the pages is a 404. */
export type Pages = (path: string) => Promise<PageAnswer>

/** The built pages. Sources and bundles both lie two folders below the program's root. */
export const builtPages = resolve(import.meta.dirname, '../../out/renderer')

/** Stands in the built index.html (Vite's `html.cspNonce`) and is replaced at every load. */
const NONCE_MARK = '__CSP_NONCE__'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Serves the files of one folder, nothing above it and no file of another type than pages consist of. */
export function createPages(folder: string): Pages {
  return async (path) => {
    const file = fileOf(folder, path)
    const type = file && types[extname(file)]
    if (!file || !type) return notFound()
    const content = await readFile(file).catch(() => undefined)
    if (!content) return notFound()
    if (extname(file) !== '.html') return page(200, type, content)
    const nonce = randomBytes(16).toString('base64')
    return page(200, type, content.toString('utf8').replaceAll(NONCE_MARK, nonce), nonce)
  }
}

/** A page with the headers that every answer carries. Without a nonce nothing in it may run or be styled. */
export function page(status: number, type: string, body: Uint8Array | string, nonce?: string): PageAnswer {
  return {
    status,
    headers: { 'content-type': type, 'content-security-policy': policy(nonce), ...securityHeaders },
    body: typeof body === 'string' ? Buffer.from(body) : body,
  }
}

const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
}

/**
 * Fluent's style sheets are `<style>` elements and carry the nonce; style attributes set by script go through the
 * object model, which the policy lets pass. So no `'unsafe-inline'` is needed.
 */
function policy(nonce: string | undefined): string {
  const closed = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
  if (nonce === undefined) return `default-src 'none'; ${closed}`
  return (
    `default-src 'none'; script-src 'self'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data:; ` +
    `font-src 'self'; connect-src 'self'; ${closed}`
  )
}

/** The file that a path names, or undefined when it is not a plain path below the folder. */
function fileOf(folder: string, path: string): string | undefined {
  const segments = decoded(path)?.split('/').slice(1)
  if (!segments) return undefined
  if (segments.length === 1 && segments[0] === '') return join(folder, 'index.html')
  return segments.every(isPlain) ? join(folder, ...segments) : undefined
}

function decoded(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** A name that means the same file on every system: no dots first, no drive, no stream, no separator. */
function isPlain(segment: string): boolean {
  return /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(segment)
}

function notFound(): PageAnswer {
  return page(404, 'text/plain; charset=utf-8', 'There is no such page.\n')
}
