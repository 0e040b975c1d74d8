import type { StoreCertificateView } from '../../electron/contract/views.ts'
import { FaultText, describedBy } from '../components/fault-text.tsx'
import { StateIcon } from '../components/state-icon.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { useFaults } from '../store/faults.ts'
import { useWebsite } from '../store/website.ts'
import { commonName } from '../website-text.ts'
import { askAboutWebsite, thumbprintPath } from './website-faults.ts'

const text = messages.website

/** Days before its end from which a certificate is a warning. */
const soon = 30

/** The certificates of the machine's store: native radio buttons; those that do not fit stay visible and say why. */
export function StoreCertificates() {
  const view = useWebsite((state) => state.view)
  const looking = useWebsite((state) => state.looking)
  const fault = useFaults((state) => state.texts[thumbprintPath])
  if (view === undefined) return looking ? <Working text={text.looking} /> : null
  return (
    <fieldset
      id={thumbprintPath}
      tabIndex={-1}
      className="certificates"
      {...describedBy(thumbprintPath, fault)}
    >
      <legend className="visually-hidden">{text.store}</legend>
      {fault !== undefined && <FaultText path={thumbprintPath} text={fault} />}
      {view.certificates.length === 0 && <p className="secondary">{text.storeEmpty}</p>}
      <ul className="list certificate-list" aria-label={text.store}>
        {view.certificates.map((certificate) => (
          <li key={certificate.thumbprint}>
            <Certificate certificate={certificate} />
          </li>
        ))}
      </ul>
    </fieldset>
  )
}

function Certificate({ certificate }: { readonly certificate: StoreCertificateView }) {
  const { thumbprint, friendlyName, subject, issuer, selfSigned, names, usable, why } = certificate
  const chosen = useWebsite((state) => state.thumbprint.toUpperCase() === thumbprint)
  const change = useWebsite((state) => state.change)
  return (
    <label className={usable ? 'certificate' : 'certificate choice-off'}>
      <input
        type="radio"
        name={thumbprintPath}
        checked={chosen}
        aria-disabled={!usable || undefined}
        onChange={() => {
          if (!usable) return
          useFaults.getState().set(thumbprintPath, undefined)
          change({ thumbprint })
          void askAboutWebsite(thumbprintPath)
        }}
      />
      <span className="certificate-body">
        <span className="certificate-head">
          <b>{friendlyName ?? commonName(subject)}</b>
          <Days certificate={certificate} />
        </span>
        <span>{names.length === 0 ? text.noNames : text.names(names)}</span>
        <span>{selfSigned ? text.selfIssued : text.issuedBy(commonName(issuer))}</span>
        {why !== undefined && <span className="certificate-why">{why}</span>}
      </span>
    </label>
  )
}

function Days({ certificate: { usable, daysLeft } }: { readonly certificate: StoreCertificateView }) {
  const [mark, said] =
    daysLeft < 0
      ? (['failed', text.unusable] as const)
      : !usable
        ? (['not-applicable', text.unusable] as const)
        : daysLeft <= soon
          ? (['warning', text.soon] as const)
          : (['passed', text.usable] as const)
  return (
    <span className="certificate-days">
      <StateIcon mark={mark} size={16} label={said} />
      {text.daysLeft(daysLeft)}
    </span>
  )
}
