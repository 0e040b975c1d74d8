import type { InstallationView } from '../../electron/contract/views.ts'
import { daysTone } from '../certificate-days.ts'
import { Icon } from '../components/icon.tsx'
import { Path } from '../components/path.tsx'
import { messages } from '../messages/index.ts'
import { useReplacement } from '../store/replacement.ts'
import { InstallationPage, installationFaults } from './installation-page.tsx'
import { InstallationFound } from './replace-found.tsx'

const facts = (installation: InstallationView) => <Facts installation={installation} />

/** Which installation, and what certificate it has now. */
export default function ReplaceInstallation() {
  return (
    <InstallationPage
      id="replacement"
      words={messages.replacement.installation}
      state={useReplacement()}
      check={() => installationFaults(useReplacement.getState)}
      facts={facts}
    >
      <InstallationFound />
    </InstallationPage>
  )
}

function Facts({ installation }: { readonly installation: InstallationView }) {
  const { publicUrl, practice, certificateDaysLeft: days } = installation
  const tone = days === undefined ? 'passed' : daysTone(days)
  return (
    <>
      <Path text={publicUrl} />
      <span className={tone === 'failed' ? 'days-text error-text' : 'days-text'}>
        {tone === 'warning' && <Icon name="Warning16Filled" className="mark-warning" />}
        {tone === 'failed' && <Icon name="DismissCircle16Filled" className="mark-failed" />}
        {days === undefined ? messages.installation.noDays : messages.start.installation.days(days)}
      </span>
      {practice && <span>{messages.start.installation.practice}</span>}
    </>
  )
}
