import type { InstallationView } from '../../electron/contract/views.ts'
import { Path } from '../components/path.tsx'
import { messages } from '../messages/index.ts'
import { clientToday, isBegun, useClientChange } from '../store/client-change.ts'
import type { Fault } from '../store/faults.ts'
import { ServiceFound } from './change-found.tsx'
import { InstallationPage, installationFaults } from './installation-page.tsx'

const text = messages.clientChange.service

async function check(): Promise<readonly Fault[]> {
  const faults = await installationFaults(useClientChange.getState)
  if (faults.length > 0) return faults
  const state = useClientChange.getState()
  // Where the settings may not be read yet, nobody can choose; and a change that was begun may have renamed it.
  const open = (state.view?.clients.length ?? 0) > 0 && clientToday(state) === undefined && !isBegun(state)
  return open ? [{ path: 'client.current', text: text.whichNeeded }] : []
}

const facts = ({ publicUrl, target, practice }: InstallationView) => (
  <>
    <span className="block">
      <Path text={publicUrl} />
    </span>
    <span className="block">
      <Path text={target} />
    </span>
    {practice && <span>{messages.start.installation.practice}</span>}
  </>
)

/** Which service, and what settings and database say of its client. */
export default function ChangeService() {
  return (
    <InstallationPage id="client-service" words={text} state={useClientChange()} check={check} facts={facts}>
      <ServiceFound />
    </InstallationPage>
  )
}
