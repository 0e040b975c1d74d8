import type { ReactNode } from 'react'
import type { HandOverView } from '../../electron/contract/views.ts'
import { Copied } from '../components/copied.tsx'
import { longDate } from '../format.ts'
import { messages } from '../messages/index.ts'

const text = messages.finish

/** What a change ticket wants to know of a new installation. */
export const installationRows = (view: HandOverView): (readonly [string, ReactNode])[] => {
  const { installation, report } = view
  return [
    [text.url, <Copied what={text.url} value={view.identityServiceUrl} />],
    [text.client, <Copied what={text.client} value={view.clientId} />],
    [text.hosting, messages.frame.hostings[installation.hosting]],
    [text.folder, <Copied what={text.folder} value={installation.target} />],
    ...(installation.certificateEnds === undefined
      ? []
      : [[text.certificate, <CertificateEnd installation={installation} />] as const]),
    [text.changed, text.changedOf(report.writtenFiles, report.backups)],
  ]
}

function CertificateEnd({ installation }: { readonly installation: HandOverView['installation'] }) {
  const { certificateEnds, certificateDaysLeft } = installation
  if (certificateEnds === undefined) return null
  return (
    <>
      {text.certificateTo(longDate(certificateEnds))}{' '}
      {certificateDaysLeft !== undefined && (
        <span className="secondary">{text.inDays(certificateDaysLeft)}</span>
      )}
    </>
  )
}
