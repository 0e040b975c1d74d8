import { useState } from 'react'
import type { InstallationView } from '../../electron/contract/views.ts'
import { Button } from '../components/button.tsx'
import { CheckList } from '../components/check-list.tsx'
import { Icon } from '../components/icon.tsx'
import { Menu } from '../components/menu.tsx'
import { Path } from '../components/path.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { beginClientChange, beginReplacement } from '../begin.ts'
import { daysTone } from '../certificate-days.ts'
import { shortDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import { useInstallationCheck } from '../store/installation-check.ts'
import { InstallationCertificate } from './start-certificate.tsx'
import { InstallationLogging, loggingChoices, loggingItem } from './start-logging.tsx'

const text = messages.start.installation

/** Days that fill the meter: certificates are made for three years. */
const fullMeter = 1095

/** An installation found here, with what is left of its certificate. */
export function InstallationCard({ installation }: { readonly installation: InstallationView }) {
  const { id, name, hosting, practice, publicUrl, target } = installation
  const { certificateEnds, certificateDaysLeft } = installation
  const check = useInstallationCheck()
  const checked = check.installation === id
  const [wanted, setWanted] = useState<boolean | undefined>()
  const [showing, setShowing] = useState(false)
  const choices = loggingChoices(installation)
  const replace = () => void beginReplacement(installation)
  return (
    <>
      <section className="card installation" aria-labelledby={`installation-${id}`}>
        <span className="tile">
          <Icon name="Fingerprint20Regular" size={24} />
        </span>
        <div className="grow">
          <div className="row">
            <h2 id={`installation-${id}`}>{name}</h2>
            <Pill tone="plain">{messages.frame.hostings[hosting]}</Pill>
            {practice && <Pill tone="info">{text.practice}</Pill>}
          </div>
          <p>
            <Path text={publicUrl} />
          </p>
          <p>
            <Path text={target} />
          </p>
        </div>
        {certificateEnds !== undefined && certificateDaysLeft !== undefined && (
          <CertificateDays ends={certificateEnds} days={certificateDaysLeft} />
        )}
        <Button label={text.checkLabel(name)} onClick={() => void check.run(id)}>
          {text.check}
        </Button>
        <Button label={text.replaceLabel(name)} onClick={replace}>
          {text.replace}
        </Button>
        <Menu
          label={text.more(name)}
          items={[
            [text.show, () => setShowing(true)],
            [text.changeClient, () => void beginClientChange(installation)],
            ...choices.map((stdout) => loggingItem(stdout, setWanted)),
          ]}
        />
        {showing && (
          <InstallationCertificate
            installation={installation}
            onClose={() => setShowing(false)}
            onReplace={replace}
          />
        )}
        <InstallationLogging installation={installation} wanted={wanted} onWanted={setWanted} />
      </section>
      {checked && check.running && <Working text={text.checking(name)} operation={check.operation} />}
      {checked && check.problem && <ProblemCard problem={check.problem} />}
      {checked && <CheckList title={text.results(name)} checks={check.checks} />}
    </>
  )
}

function CertificateDays({ ends, days }: { readonly ends: string; readonly days: number }) {
  const share = days < 0 ? 0 : Math.max(2, Math.min(100, (days / fullMeter) * 100))
  const tone = daysTone(days)
  return (
    <div className={`days days-${tone}`}>
      <div className="row">
        {tone === 'warning' && <Icon name="Warning16Filled" className="mark-warning" />}
        {tone === 'failed' && <Icon name="DismissCircle16Filled" className="mark-failed" />}
        <b className={tone === 'failed' ? 'error-text' : ''}>{text.days(days)}</b>
      </div>
      <span className="meter" aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </span>
      <p>{text.ends(shortDate(ends))}</p>
    </div>
  )
}
