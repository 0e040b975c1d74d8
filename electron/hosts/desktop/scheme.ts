import { protocol, type Session } from 'electron'
import type { Pages } from '../pages.ts'

const SCHEME = 'app'
const HOST = 'setup'

/** Where the window's pages live: an origin of their own, neither a file nor a web site. */
export const HOME = `${SCHEME}://${HOST}/`

/** Has to be called before Electron is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** Answers `app://setup/…` in one session from the given pages; no other host exists in the scheme. */
export function servePages(session: Session, pages: Pages): void {
  session.protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url)
    if (host !== HOST || request.method !== 'GET') return new Response(null, { status: 404 })
    const { status, headers, body } = await pages(pathname)
    return new Response(Buffer.from(body), { status, headers: { ...headers, ...caching(pathname) } })
  })
}

/** Whether an address belongs to the window's own pages. */
export function isHome(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol: scheme, host } = new URL(url)
  return scheme === `${SCHEME}:` && host === HOST
}

/** Built scripts carry their hash in their name; letting Electron keep them is what lets it keep compiled code. */
function caching(path: string): Record<string, string> {
  return path.startsWith('/assets/') ? { 'cache-control': 'max-age=31536000, immutable' } : {}
}
