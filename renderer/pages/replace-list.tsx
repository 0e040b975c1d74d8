import type { InstallationView } from '../../electron/contract/views.ts'
import { Choices } from '../components/choices.tsx'
import { TextField } from '../components/fields.tsx'
import { Icon } from '../components/icon.tsx'
import { PathField } from '../components/path-field.tsx'
import { messages } from '../messages/index.ts'
import { containerNameFault } from '../rules.ts'
import { daysTone } from '../certificate-days.ts'
import { useMachine } from '../store/machine.ts'
import { chosenInstallation, useReplacement } from '../store/replacement.ts'

const text = messages.replacement.installation

/** The installations that are known here, and the way to one that is not. */
export function InstallationList() {
  const installations = useMachine((state) => state.view?.installations ?? none)
  const { target, container, choose, chooseOther, changePlace, ...state } = useReplacement()
  const chosen = chosenInstallation({ ...state, target }, installations)
  return (
    <>
      <Choices
        name="installation"
        legend={text.legend}
        value={chosen}
        onValue={(id) => {
          const installation = installations.find((one) => one.id === id)
          if (installation) choose(installation)
          else chooseOther()
        }}
        choices={[
          ...installations.map((installation) => ({
            id: installation.id,
            title: installation.name,
            text: <Facts installation={installation} />,
            tag: messages.frame.hostings[installation.hosting],
          })),
          { id: 'other', title: text.other, text: text.otherText },
        ]}
      />
      {chosen === 'other' && (
        <div className="form">
          <PathField
            path="installation.target"
            label={text.target}
            hint={text.targetHint}
            value={target}
            kinds={['folder']}
            required
            onText={(typed) => changePlace({ target: typed })}
          />
          <TextField
            path="installation.container"
            label={text.container}
            hint={text.containerHint}
            value={container}
            mono
            check={containerNameFault}
            onText={(typed) => changePlace({ container: typed })}
          />
        </div>
      )}
    </>
  )
}

const none: readonly InstallationView[] = []

function Facts({ installation }: { readonly installation: InstallationView }) {
  const { publicUrl, practice, certificateDaysLeft: days } = installation
  const tone = days === undefined ? 'passed' : daysTone(days)
  return (
    <>
      <span className="mono">{publicUrl}</span>
      <span className={tone === 'failed' ? 'days-text error-text' : 'days-text'}>
        {tone === 'warning' && <Icon name="Warning16Filled" className="mark-warning" />}
        {tone === 'failed' && <Icon name="DismissCircle16Filled" className="mark-failed" />}
        {days === undefined ? text.noDays : messages.start.installation.days(days)}
      </span>
      {practice && <span>{messages.start.installation.practice}</span>}
    </>
  )
}
