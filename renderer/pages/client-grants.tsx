import type { GrantType } from '../../electron/contract/client.ts'
import { Button } from '../components/button.tsx'
import { CheckField } from '../components/fields.tsx'
import { FaultText } from '../components/fault-text.tsx'
import { Icon } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'
import { useFaults } from '../store/faults.ts'

const text = messages.client.grants

const offered = Object.keys(text.titles) as GrantType[]

interface GrantListProps {
  readonly chosen: readonly string[]
  readonly onChosen: (chosen: readonly GrantType[]) => void
  /** The way back to what is usual here; left out: it is chosen. */
  readonly back?: { readonly label: string; readonly act: () => void } | undefined
}

/** In which ways a client may ask for tokens, each with what it is for. */
export function GrantList({ chosen, onChosen, back }: GrantListProps) {
  const fault = useFaults((state) => state.texts['client.grantTypes'])
  const setFault = useFaults((state) => state.set)
  const known = offered.filter((grant) => chosen.includes(grant))
  const foreign = chosen.filter((grant) => !(offered as readonly string[]).includes(grant))
  const choose = (grant: GrantType, wanted: boolean) => {
    setFault('client.grantTypes', undefined)
    onChosen(offered.filter((one) => (one === grant ? wanted : known.includes(one))))
  }
  return (
    <section className="card" aria-labelledby="client.grantTypes">
      <h2 id="client.grantTypes" tabIndex={-1} className="visually-hidden">
        {text.label}
      </h2>
      <div className="card-h granted-lead">
        <p className="secondary grow">{text.lead}</p>
        {back && (
          <Button size="small" onClick={back.act}>
            {back.label}
          </Button>
        )}
      </div>
      {fault !== undefined && <FaultText text={fault} />}
      <ul className="granted">
        {offered.map((grant) => (
          <li key={grant}>
            <CheckField
              path={`client.grantTypes.${grant}`}
              label={
                <>
                  <span className="granted-head">{text.titles[grant]}</span>
                  <span className="granted-why">{text.purposes[grant]}</span>
                </>
              }
              checked={chosen.includes(grant)}
              onChecked={(checked) => choose(grant, checked)}
            />
          </li>
        ))}
      </ul>
      {foreign.length > 0 && <p className="secondary">{text.foreign(foreign.join(', '))}</p>}
      {!chosen.includes('client_credentials') && (
        <p className="granted-warning">
          <Icon name="Warning16Filled" className="mark-warning" label={messages.common.marks.warning} />
          {text.without}
        </p>
      )}
    </section>
  )
}
