import type { ReactNode } from 'react'
import type { WebsiteView } from '../../electron/contract/views.ts'
import { Icon } from '../components/icon.tsx'
import { Pairs } from '../components/pairs.tsx'
import { shortDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import { useWebsite, type WebsiteData } from '../store/website.ts'
import { accountText, bindingTexts, commonName, urlText } from '../website-text.ts'
import { WebsiteLogin } from './website-login.tsx'

const text = messages.website

/** What the typed values come to, and whom SQL Server will see. */
export function WebsiteSummary() {
  const data = useWebsite()
  const { rows } = text
  return (
    <div className="stack">
      {data.view?.unknown && (
        <p className="calm">
          <Icon name="Info16Regular" className="brand" />
          <span>{text.unknownShort}</span>
        </p>
      )}
      <section className="card" aria-labelledby="summary">
        <div className="card-h">
          <h2 id="summary">{text.get}</h2>
        </div>
        <Pairs
          rows={[
            [rows.site, mono(data.site)],
            [rows.pool, withSecond(mono(data.pool), rows.poolMore)],
            [rows.account, mono(accountText(data))],
            [rows.bindings, <Bindings data={data} />],
            [rows.certificate, certificateText(data, data.view)],
            [rows.firewall, firewallText(data)],
            [rows.url, mono(urlText(data))],
          ]}
        />
      </section>
      <WebsiteLogin />
    </div>
  )
}

function Bindings({ data }: { readonly data: WebsiteData }) {
  const bindings = bindingTexts(data)
  if (bindings.length === 0) return text.notYet
  return bindings.map(({ binding, note }) => (
    <span key={binding} className="line">
      <span className="mono">{binding}</span>
      {note !== undefined && <span className="secondary line">{note}</span>}
    </span>
  ))
}

function certificateText(data: WebsiteData, view: WebsiteView | undefined): ReactNode {
  if (!data.https) return text.certificateNone
  if (data.certificate === 'self-signed') return text.certificateSelfSigned
  if (data.certificate === 'pfx')
    return data.pfx === '' ? text.certificateOpen : text.certificatePfx(data.pfx)
  const thumbprint = data.thumbprint.toUpperCase()
  if (thumbprint === '') return text.certificateOpen
  const chosen = view?.certificates.find((known) => known.thumbprint === thumbprint)
  if (chosen === undefined) return mono(thumbprint)
  const name = chosen.friendlyName ?? commonName(chosen.subject)
  return withSecond(`${name}, ${text.certificateTo(shortDate(chosen.notAfter))}`, mono(thumbprint))
}

function firewallText({ firewall, https, httpsPort, http, httpPort }: WebsiteData): string {
  if (!firewall) return text.firewallAsIs
  const ports = [...(https ? [httpsPort] : []), ...(http === 'none' ? [] : [httpPort])]
  return text.firewallOpen(ports.filter((port) => port !== ''))
}

const mono = (value: string): ReactNode =>
  value === '' ? text.notYet : <span className="mono">{value}</span>

const withSecond = (first: ReactNode, second: ReactNode): ReactNode => (
  <>
    {first}
    <span className="secondary line">{second}</span>
  </>
)
