import { useEffect, useState } from 'react'
import type { ScopeView } from '../../electron/contract/client.ts'
import { announce } from '../announce.ts'
import { Button } from '../components/button.tsx'
import { CheckField, TextField } from '../components/fields.tsx'
import { Pill } from '../components/pill.tsx'
import { messages } from '../messages/index.ts'
import { scopeFault } from '../rules.ts'
import { useFaults, type Fault } from '../store/faults.ts'
import { GrantedCard, type WayBack } from './granted-card.tsx'

const text = messages.client.scopes

/** Path of the field that takes a further scope. */
const addPath = 'client.scopes.add'

interface ScopeListProps {
  readonly scopes: readonly ScopeView[]
  /** Those that the client is to have, where they can be chosen; left out: all of them, and only added ones can go. */
  readonly chosen?: readonly string[]
  readonly onAdd: (scope: string) => void
  readonly onRemove: (scope: string) => void
  readonly back?: WayBack
}

/** The scopes of a client, each with what it is for; further ones can be added. */
export function ScopeList({ scopes, chosen, onAdd, onRemove, back }: ScopeListProps) {
  const add = (scope: string) => {
    useFaults.getState().set('client.scopes', undefined)
    onAdd(scope)
  }
  const remove = (scope: string) => {
    onRemove(scope)
    announce(text.saidRemoved(scope))
  }
  return (
    <GrantedCard
      path="client.scopes"
      text={text}
      back={back}
      above={<AddScope known={chosen ?? scopes.map(({ scope }) => scope)} onAdd={add} />}
    >
      {scopes.map((view) => (
        <li key={view.scope}>
          {chosen === undefined ? (
            <>
              <span className="grow">
                <ScopeText view={view} />
              </span>
              {view.from === 'added' && (
                <Button
                  appearance="subtle"
                  size="small"
                  icon="Dismiss12Regular"
                  label={text.remove(view.scope)}
                  onClick={() => remove(view.scope)}
                />
              )}
            </>
          ) : (
            <CheckField
              path={`client.scopes.${view.scope}`}
              label={<ScopeText view={view} lacking={!chosen.includes(view.scope)} />}
              checked={chosen.includes(view.scope)}
              onChecked={(checked) => (checked ? add : onRemove)(view.scope)}
            />
          )}
        </li>
      ))}
    </GrantedCard>
  )
}

function ScopeText({ view, lacking = false }: { readonly view: ScopeView; readonly lacking?: boolean }) {
  return (
    <>
      <span className="granted-head">
        <span className="mono">{view.scope}</span>{' '}
        {view.required && lacking ? (
          <Pill tone="warning">{text.required}</Pill>
        ) : (
          <Pill tone={view.from === 'added' ? 'info' : 'plain'}>{text.from[view.from]}</Pill>
        )}
      </span>
      <span className="granted-why">{view.purpose}</span>
    </>
  )
}

/** A scope that was typed and could not be added keeps Next from going on without it. */
export function typedScopeFaults(): readonly Fault[] {
  const fault = useFaults.getState().texts[addPath]
  return fault === undefined ? [] : [{ path: addPath, text: fault }]
}

interface AddScopeProps {
  readonly known: readonly string[]
  readonly onAdd: (scope: string) => void
}

/** Takes the scope when the field is left too, so that Next does not lose what was typed. */
function AddScope({ known, onAdd }: AddScopeProps) {
  const [typed, setTyped] = useState('')
  const setFault = useFaults((state) => state.set)
  useEffect(() => () => setFault(addPath, undefined), [setFault])
  const add = () => {
    const scope = typed.trim()
    if (scope === '') return
    const fault = known.includes(scope) ? text.known : scopeFault(scope)
    setFault(addPath, fault)
    if (fault !== undefined) return
    onAdd(scope)
    announce(text.saidAdded(scope))
    setTyped('')
  }
  return (
    <div className="add-scope">
      <TextField
        path={addPath}
        label={text.add}
        hint={text.addHint}
        mono
        value={typed}
        onText={setTyped}
        onLeave={add}
        onEnter={add}
      />
      <Button onClick={add}>{text.addButton}</Button>
    </div>
  )
}
