import { Caution } from '../components/caution.tsx'
import { SelectField } from '../components/fields.tsx'
import { PathField } from '../components/path-field.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { useWebsite } from '../store/website.ts'
import { askAboutWebsite } from './website-faults.ts'
import { StoreCertificates } from './website-store.tsx'

const text = messages.website

/** Where the certificate of the HTTPS binding comes from. */
export function WebsiteCertificate() {
  const { certificate, notes, change } = useWebsite()
  return (
    <div className="form">
      <SelectField
        path="website.https.certificate"
        label={text.source}
        value={certificate}
        options={[
          ['store', text.sources.store],
          ['pfx', text.sources.pfx],
          ['self-signed', text.sources['self-signed']],
        ]}
        onValue={(value) => {
          change({ certificate: value })
          void askAboutWebsite()
        }}
        {...warningFor(notes, 'website.https.certificate')}
      />
      {certificate === 'store' && <StoreCertificates />}
      {certificate === 'pfx' && <Pfx />}
      {certificate === 'self-signed' && <Caution text={text.selfSigned} />}
    </div>
  )
}

function Pfx() {
  const { pfx, pfxPassword, notes, change } = useWebsite()
  return (
    <>
      <PathField
        path="website.https.certificate.file"
        label={text.pfx}
        hint={text.pfxHint}
        kinds={['certificate']}
        required
        value={pfx}
        onText={(value) => change({ pfx: value })}
        onLeave={() => void askAboutWebsite()}
        {...warningFor(notes, 'website.https.certificate.file')}
      />
      <SecretField
        path="website.https.certificate.password"
        label={text.pfxPassword}
        slot={pfxPassword}
        onSlot={(slot) => {
          change({ pfxPassword: slot })
          void askAboutWebsite()
        }}
        {...warningFor(notes, 'website.https.certificate.password')}
      />
    </>
  )
}
