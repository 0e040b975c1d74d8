import type { ReactNode } from 'react'
import { useFaults } from '../store/faults.ts'
import { FaultText, describedBy } from './fault-text.tsx'
import { Pill } from './pill.tsx'

interface Choice<T extends string> {
  readonly id: T
  readonly title: string
  readonly text: ReactNode
  readonly tag?: string
  /** Why it cannot be chosen; it stays visible and can be reached. */
  readonly off?: string
}

interface ChoicesProps<T extends string> {
  /** Path in the answers: where the faults of the choice are kept. */
  readonly name: string
  readonly legend: string
  readonly value: T
  readonly choices: readonly Choice<T>[]
  readonly onValue: (value: T) => void
}

/** Cards of which one is chosen: native radio buttons, so arrow keys work. */
export function Choices<T extends string>({
  name,
  legend,
  value,
  choices,
  onValue,
}: ChoicesProps<T>): ReactNode {
  const fault = useFaults((state) => state.texts[name])
  const setFault = useFaults((state) => state.set)
  return (
    <fieldset
      className={`choices choices-${choices.length}`}
      id={name}
      tabIndex={-1}
      {...describedBy(name, fault)}
    >
      <legend className="visually-hidden">{legend}</legend>
      {choices.map((choice) => (
        <label key={choice.id} className={choice.off === undefined ? 'choice' : 'choice choice-off'}>
          <input
            type="radio"
            name={name}
            checked={value === choice.id}
            aria-disabled={choice.off !== undefined || undefined}
            onChange={() => {
              if (choice.off !== undefined) return
              setFault(name, undefined)
              onValue(choice.id)
            }}
          />
          <span className="choice-body">
            <span className="choice-head">
              <b>{choice.title}</b>
              {choice.tag !== undefined && <Pill tone="info">{choice.tag}</Pill>}
            </span>
            <span>{choice.text}</span>
            {choice.off !== undefined && <span>{choice.off}</span>}
          </span>
        </label>
      ))}
      {fault !== undefined && <FaultText path={name} text={fault} className="choices-fault" />}
    </fieldset>
  )
}
