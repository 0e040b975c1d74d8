import { useEffect, useState } from 'react'
import type { ScopeView } from '../../electron/contract/client.ts'
import { doubts } from '../client-doubts.ts'
import { Button } from '../components/button.tsx'
import { ClipboardNote } from '../components/clipboard-note.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { TabPanel, Tabs } from '../components/tabs.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { errorsOf } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { changesOf, clientToday, isBegun, useClientChange } from '../store/client-change.ts'
import { useFaults, type Fault } from '../store/faults.ts'
import { noSecret } from '../store/secret-slot.ts'
import { currentDraft } from '../store/slices.ts'
import { ChangeDiff } from './change-diff.tsx'
import { ClientFields } from './client-fields.tsx'
import { GrantList } from './client-grants.tsx'
import { ScopeList, typedScopeFaults } from './client-scopes.tsx'
import { useClientTabs } from './client-tabs.ts'

const text = messages.clientChange.new

function check(): readonly Fault[] {
  const state = useClientChange.getState()
  const { id, secret, useAnyway, notes, scopes, grantTypes, view } = state
  const today = clientToday(state)
  const changes = changesOf(state)
  const taken =
    changes.id && !isBegun(state) && view?.clients.some((client) => client.id === id && client !== today)
  const faults: Fault[] = [
    ...errorsOf(notes),
    ...(taken ? [{ path: 'client.id', text: text.idTaken }] : []),
    ...(useAnyway ? [] : doubts({ id: changes.id ? id : '', secret }, notes)),
    ...typedScopeFaults(),
    ...(scopes?.length === 0 ? [{ path: 'client.scopes', text: text.noScopes }] : []),
    ...(grantTypes?.length === 0 ? [{ path: 'client.grantTypes', text: messages.client.grants.needed }] : []),
  ]
  if (faults.length > 0 || Object.values(changes).includes(true)) return faults
  return [{ path: 'client.id', text: text.nothing }]
}

/** What the client is to be: only what is given changes. Beside it what it is today, and what the change means. */
export default function ChangeClient() {
  const state = useClientChange()
  const { tab, openTab, view, look, generateProblem } = state
  const [copied, setCopied] = useState<{ readonly clears: number } | undefined>()
  const today = clientToday(state)
  const tabs = useClientTabs(
    (state.scopes ?? today?.scopes)?.length,
    (state.grantTypes ?? today?.grantTypes)?.length,
  )
  useEffect(() => {
    if (useClientChange.getState().view === undefined) void look(currentDraft())
  }, [look])
  const changed = Object.values(changesOf(state)).includes(true)
  useEffect(() => {
    // Whatever is given answers it, also on another tab.
    const { texts, set } = useFaults.getState()
    if (changed && texts['client.id'] === text.nothing) set('client.id', undefined)
  }, [changed])
  const next = () => void goNext(check)
  return (
    <Page
      id="new-client"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={
        <WizardFooter
          onNext={next}
          note={
            copied ? (
              <ClipboardNote clears={copied.clears} onCleared={() => setCopied(undefined)} />
            ) : (
              text.note
            )
          }
        />
      }
    >
      <div className="new-client">
        <Scroll label={text.tabsLabel} className="tabbed">
          {generateProblem && <ProblemCard problem={generateProblem} />}
          {state.problem && view === undefined && <ProblemCard problem={state.problem} tone="warning" />}
          <Tabs label={text.tabsLabel} value={tab} onValue={openTab} tabs={tabs} />
          <TabPanel id={tab}>
            {tab === 'values' && <Values onCopied={(clears) => setCopied({ clears })} />}
            {tab === 'scopes' && <Scopes />}
            {tab === 'grants' && <Grants />}
          </TabPanel>
        </Scroll>
        <Scroll label={text.regionLabel}>
          <ChangeDiff />
        </Scroll>
      </div>
    </Page>
  )
}

function Values({ onCopied }: { readonly onCopied: (clears: number) => void }) {
  const state = useClientChange()
  const { id, secret, notes, change, generate } = state
  const today = clientToday(state)
  const stays = (value: string | undefined) => (value ? text.staysAs(value) : text.stays)
  return (
    <section className="card" aria-label={messages.client.valuesLabel}>
      <ClientFields
        className="form"
        words={text}
        hints={{
          id: id === 'generate' ? text.atChange : stays(today?.id),
          secret: secret.ref === 'generate' ? text.atChange : text.stays,
          name: stays(today?.name),
        }}
        values={state}
        notes={notes}
        required={false}
        onChange={change}
        onGenerate={generate}
        onLeft={state.check}
        onCopied={onCopied}
        afterSecret={
          secret.ref !== '' && (
            <Button
              appearance="transparent"
              size="small"
              icon="Dismiss12Regular"
              label={text.keepSecret}
              onClick={() => change({ secret: noSecret })}
            />
          )
        }
      />
    </section>
  )
}

/** All scopes of the client: those of today, those that it could have, and those that were added here. */
function Scopes() {
  const state = useClientChange()
  const { view, scopes, change } = state
  const today = clientToday(state)
  if (view === undefined || today === undefined) return <p className="secondary">{text.scopesUnknown}</p>
  const chosen = scopes ?? today.scopes
  const known = new Set(view.scopes.map(({ scope }) => scope))
  const added = chosen.filter((scope) => !known.has(scope)).map(addedHere)
  return (
    <ScopeList
      scopes={[...view.scopes, ...added]}
      chosen={chosen}
      onAdd={(scope) => change({ scopes: [...chosen, scope] })}
      onRemove={(scope) => change({ scopes: chosen.filter((one) => one !== scope) })}
      back={scopes && { label: text.backToToday, act: () => change({ scopes: undefined }) }}
    />
  )
}

const addedHere = (scope: string): ScopeView => ({
  scope,
  purpose: messages.client.scopes.addedPurpose,
  from: 'added',
  required: false,
})

function Grants() {
  const state = useClientChange()
  const { grantTypes, change } = state
  const today = clientToday(state)
  if (today === undefined) return <p className="secondary">{text.scopesUnknown}</p>
  return (
    <GrantList
      chosen={grantTypes ?? today.grantTypes}
      onChosen={(chosen) => change({ grantTypes: chosen })}
      back={grantTypes && { label: text.backToToday, act: () => change({ grantTypes: undefined }) }}
    />
  )
}
