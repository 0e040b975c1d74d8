import { useState, type ReactNode } from 'react'
import type { Problem } from '../../electron/contract/problem.ts'
import type { InstallationView } from '../../electron/contract/views.ts'
import { Choices } from '../components/choices.tsx'
import { TextField } from '../components/fields.tsx'
import { PathField } from '../components/path-field.tsx'
import { messages } from '../messages/index.ts'
import { containerNameFault } from '../rules.ts'
import { chosenInstallation, type InstallationChoice } from '../store/installation-choice.ts'
import { useMachine } from '../store/machine.ts'

const text = messages.installation

interface InstallationListProps {
  readonly choice: InstallationChoice
  /** What came of looking at the chosen one: the website is asked for only where there are several. */
  readonly problem: Problem | undefined
  /** What the scenario wants to know of an installation. */
  readonly facts: (installation: InstallationView) => ReactNode
}

/** The installations that are known here, and the way to one that is not. */
export function InstallationList({ choice, problem, facts }: InstallationListProps) {
  const installations = useMachine((state) => state.view?.installations ?? none)
  const { target, container, choose, chooseOther, changePlace } = choice
  const chosen = chosenInstallation(choice, installations)
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
            text: facts(installation),
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
          <SiteField choice={choice} problem={problem} />
        </div>
      )}
    </>
  )
}

const none: readonly InstallationView[] = []

/** Once asked for it stays: typing makes the problem go away, but not the field. */
function SiteField({
  choice: { site, changePlace },
  problem,
}: Pick<InstallationListProps, 'choice' | 'problem'>) {
  const [asked, setAsked] = useState(site !== '')
  if (!asked && problem?.where?.path === 'installation.site') setAsked(true)
  if (!asked) return null
  return (
    <TextField
      path="installation.site"
      label={text.site}
      hint={text.siteHint}
      value={site}
      onText={(typed) => changePlace({ site: typed })}
    />
  )
}
