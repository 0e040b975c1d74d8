import { Icon } from '../components/icon.tsx'
import { CheckField, SelectField } from '../components/fields.tsx'
import { messages } from '../messages/index.ts'
import { useCertificate } from '../store/certificate.ts'
import { useFaults } from '../store/faults.ts'
import { PemPassword } from './certificate-password.tsx'

const text = messages.certificate

const paths = ['certificate.profile', 'certificate.cer', 'certificate.pem', 'certificate.pem.password']

interface CertificateFurtherProps {
  readonly onCopied: (clearsAfterSeconds: number) => void
}

/** How the PFX file is encrypted, and what else is written: rarely changed, so behind a line that says how it stands. */
export function CertificateFurther({ onCopied }: CertificateFurtherProps) {
  const { profile, cer, pem, options, further, change, openFurther } = useCertificate()
  const fault = useFaults(({ texts }) => paths.some((path) => texts[path] !== undefined))
  const suggested = options?.profile.suggested
  // What differs from the usual is not hidden, until the installer decides so; a fault never is.
  const open = fault || (further ?? (pem || cer || profile !== ''))
  const used = profile || suggested
  const files = (cer ? 1 : 0) + (pem ? 2 : 0)
  return (
    <details className="card more" open={open}>
      <summary
        onClick={(event) => {
          event.preventDefault()
          openFurther(!open)
        }}
      >
        <Icon name={open ? 'ChevronDown16Regular' : 'ChevronRight16Regular'} className="chevron" />
        <h2>{text.further}</h2>
        {used !== undefined && <span className="secondary">{text.furtherNow(used, files)}</span>}
      </summary>
      <div className="further">
        <div className="form">
          <SelectField
            path="certificate.profile"
            label={text.profile}
            hint={profile === '' ? options?.profile.why : text.profileHints[profile]}
            value={profile}
            options={[
              ['', suggested === undefined ? text.profileUnknown : text.profileSuggested(suggested)],
              ['AES-256', text.profiles['AES-256']],
              ['3DES', text.profiles['3DES']],
            ]}
            onValue={(value) => change({ profile: value })}
          />
          <p className="calm">
            <Icon name="Info16Regular" className="brand" />
            <span>{text.noPassword}</span>
          </p>
        </div>
        <div className="form" role="group" aria-labelledby="also-write">
          <h3 id="also-write">{text.alsoWrite}</h3>
          <CheckField
            path="certificate.cer"
            label={text.cer}
            checked={cer}
            onChecked={(checked) => change({ cer: checked })}
          />
          <CheckField
            path="certificate.pem"
            label={text.pem}
            checked={pem}
            onChecked={(checked) => change({ pem: checked })}
          />
          {pem && <PemPassword onCopied={onCopied} />}
        </div>
      </div>
    </details>
  )
}
