import { messages } from './messages/index.ts'
import type { WebsiteData } from './store/website.ts'

const text = messages.website

/** A binding as IIS writes it, such as `https/*:8443:identity.example.com`, and what is to be said of it. */
interface BindingText {
  readonly binding: string
  readonly note?: string
}

/** The bindings that come of the answers; those without a port are left out. */
export function bindingTexts(data: WebsiteData): readonly BindingText[] {
  const { https, httpsPort, http, httpPort, hostName } = data
  const plain = `http/*:${httpPort}:${hostName}`
  return [
    ...(https && httpsPort !== '' ? [{ binding: `https/*:${httpsPort}:${hostName}` }] : []),
    ...(http === 'none' || httpPort === ''
      ? []
      : [{ binding: plain, ...(http === 'redirect' ? { note: text.redirects } : {}) }]),
  ]
}

/** The account that worker processes run as; empty while it is not typed. */
export function accountText({ account, pool, user, managedUser }: WebsiteData): string {
  if (account === 'ApplicationPoolIdentity') return pool === '' ? '' : `IIS AppPool\\${pool}`
  return account === 'gMSA' ? managedUser : user
}

const usualPort = { https: '443', http: '80' } as const

/** The Identity Service URL: as typed, or made from the host header and the port. Empty while there is no port. */
export function urlText({ publicUrl, https, httpsPort, httpPort, hostName }: WebsiteData): string {
  if (publicUrl !== '') return publicUrl
  const scheme = https ? 'https' : 'http'
  const port = https ? httpsPort : httpPort
  if (port === '') return ''
  const authority = hostName || 'localhost'
  return `${scheme}://${port === usualPort[scheme] ? authority : `${authority}:${port}`}`
}

/** The common name of a distinguished name; the whole where it has none. */
export function commonName(distinguished: string): string {
  const match = /(?:^|[,+]\s*)CN\s*=\s*(?:"((?:[^"]|"")*)"|((?:\\.|[^,+\\])*))/i.exec(distinguished)
  if (match === null) return distinguished
  return match[1]?.replaceAll('""', '"') ?? match[2]!.replaceAll(/\\(.)/g, '$1').trim()
}
