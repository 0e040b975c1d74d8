import type { ReactNode } from 'react'
import type { HandOverView, StoreCertificateView } from '../../electron/contract/views.ts'
import { Copied } from '../components/copied.tsx'
import { Pairs } from '../components/pairs.tsx'
import { messages } from '../messages/index.ts'
import { useLogging } from '../store/logging.ts'
import { useWebsite } from '../store/website.ts'

const text = messages.finish.server

/** Under IIS: whom Creatio has to trust, what is still on, and where the files are. */
export function FinishServer({ installation }: { readonly installation: HandOverView['installation'] }) {
  const { https, certificate, thumbprint, view } = useWebsite()
  const asked = useLogging((state) => state.stdout)
  if (installation.hosting !== 'iis') return null
  const chosen = view?.certificates.find((known) => known.thumbprint === thumbprint)
  const rows: (readonly [string, ReactNode])[] = []
  if (https) rows.push([text.trust, trustOf(certificate, chosen)])
  if (installation.stdoutLog ?? asked) rows.push([text.logging, text.loggingOn])
  rows.push([
    text.settings,
    <Copied what={text.settings} value={inFolder(installation.target, 'appsettings.json')} />,
  ])
  rows.push([text.logs, <Copied what={text.logs} value={inFolder(installation.target, 'logs')} />])
  return (
    <section className="card" aria-labelledby="server">
      <div className="card-h">
        <h2 id="server">{text.title}</h2>
      </div>
      <Pairs wide rows={rows} />
    </section>
  )
}

function trustOf(from: 'store' | 'pfx' | 'self-signed', chosen: StoreCertificateView | undefined): string {
  if (from === 'self-signed' || (from === 'store' && chosen?.selfSigned === true)) return text.selfSigned
  return text.issuer(from === 'store' ? chosen?.issuer : undefined)
}

/** web.config of the vendor names the log files by `.\logs\stdout`, below the folder of the service. */
function inFolder(target: string, name: string): string {
  const separator = target.includes('\\') ? '\\' : '/'
  return `${target.endsWith(separator) ? target : target + separator}${name}`
}
