import type { GrantType } from '../../electron/contract/client.ts'
import { CheckField } from '../components/fields.tsx'
import { Icon } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'
import { useFaults } from '../store/faults.ts'
import { GrantedCard, type WayBack } from './granted-card.tsx'

const text = messages.client.grants

const offered = Object.keys(text.titles) as GrantType[]

interface GrantListProps {
  readonly chosen: readonly string[]
  readonly onChosen: (chosen: readonly GrantType[]) => void
  readonly back?: WayBack
}

/** In which ways a client may ask for tokens, each with what it is for. */
export function GrantList({ chosen, onChosen, back }: GrantListProps) {
  const setFault = useFaults((state) => state.set)
  const known = offered.filter((grant) => chosen.includes(grant))
  const foreign = chosen.filter((grant) => !(offered as readonly string[]).includes(grant))
  const choose = (grant: GrantType, wanted: boolean) => {
    setFault('client.grantTypes', undefined)
    onChosen(offered.filter((one) => (one === grant ? wanted : known.includes(one))))
  }
  const below = (
    <>
      {foreign.length > 0 && <p className="secondary">{text.foreign(foreign.join(', '))}</p>}
      {!chosen.includes('client_credentials') && (
        <p className="granted-warning">
          <Icon name="Warning16Filled" className="mark-warning" label={messages.common.marks.warning} />
          {text.without}
        </p>
      )}
    </>
  )
  return (
    <GrantedCard path="client.grantTypes" text={text} back={back} below={below}>
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
    </GrantedCard>
  )
}
