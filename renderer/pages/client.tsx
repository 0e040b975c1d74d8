import { useEffect, useState } from 'react'
import { doubts, idLength, secretLength } from '../client-doubts.ts'
import { Button } from '../components/button.tsx'
import { ClipboardNote } from '../components/clipboard-note.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { TabPanel, Tabs } from '../components/tabs.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { Working } from '../components/working.tsx'
import { errorsOf } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { needed } from '../rules.ts'
import { usualGrantTypes, useClient } from '../store/client.ts'
import { compareClient, existingClient } from '../store/existing-client.ts'
import type { Fault } from '../store/faults.ts'
import { useFiles } from '../store/files.ts'
import { currentDraft } from '../store/slices.ts'
import { ExistingClient } from './client-existing.tsx'
import { ClientFields } from './client-fields.tsx'
import { GrantList } from './client-grants.tsx'
import { ClientPlaces } from './client-places.tsx'
import { ScopeList, typedScopeFaults } from './client-scopes.tsx'
import { useClientTabs } from './client-tabs.ts'

const text = messages.client

/** States of the target folder in which no earlier installation can lie there. */
const isNew = new Set(['absent', 'empty'])

function check(): readonly Fault[] {
  const { id, name, secret, useAnyway, notes, grantTypes, replaceExisting } = useClient.getState()
  return [
    ...needed('client.id', id, text.idName),
    ...needed('client.secret', secret.ref, text.secretName),
    ...needed('client.name', name, text.nameName),
    ...errorsOf(notes),
    ...(useAnyway ? [] : doubts({ id, secret }, notes)),
    ...(existingClient()?.verdict === 'client-differs' && !replaceExisting
      ? [{ path: 'client.replaceExisting', text: text.existing.undecided }]
      : []),
    ...typedScopeFaults(),
    ...(grantTypes?.length === 0 ? [{ path: 'client.grantTypes', text: text.grants.needed }] : []),
  ]
}

/** The client that Creatio signs in with: ID, name and secret, what it may ask for, and in which ways. */
export default function Client() {
  const client = useClient()
  const { problem, id, tab, openTab, change, generate, lookAtScopes } = client
  // `foreign` too: what it is is not known, so nothing in it is replaced unasked.
  const mayBeThere = useFiles(({ targetView }) => targetView !== undefined && !isNew.has(targetView.state))
  const [copied, setCopied] = useState<{ readonly clears: number } | undefined>()
  const tabs = useClientTabs(client.scopeViews?.length, (client.grantTypes ?? usualGrantTypes).length)

  useEffect(() => {
    const now = useClient.getState()
    const idOpen = now.id === '' || now.id === 'generate'
    const secretOpen = now.secret.ref === '' || now.secret.ref === 'generate'
    // Only a value that is not made here and now can be in the database already.
    if (!idOpen && !secretOpen) {
      // Values of an answer file were not typed here, so nobody has looked at them.
      if (now.notes.length === 0) void now.check()
      return existingClient() === undefined ? void compareClient() : undefined
    }
    // An installation that is there keeps what it has: making new values silently would cut Creatio off.
    if (mayBeThere)
      change({
        ...(idOpen ? { id: 'generate' } : {}),
        ...(secretOpen ? { secret: { ref: 'generate' } } : {}),
      })
    else void generate(idOpen && secretOpen ? 'both' : idOpen ? 'id' : 'secret', true)
  }, [mayBeThere, change, generate])
  useEffect(() => void lookAtScopes(currentDraft()), [lookAtScopes, client.scopes])

  const next = () => void goNext(check)
  return (
    <Page
      id="client"
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
      <Scroll label={text.regionLabel} className="tabbed">
        {problem && <ProblemCard problem={problem} />}
        {id === '' && !problem && <Working text={text.generating} />}
        <Tabs label={text.tabsLabel} value={tab} onValue={openTab} tabs={tabs} />
        <TabPanel id={tab}>
          <div className="stack">
            {tab === 'values' && <Values onCopied={(clears) => setCopied({ clears })} />}
            {tab === 'scopes' && <Scopes />}
            {tab === 'grants' && <Grants />}
          </div>
        </TabPanel>
      </Scroll>
    </Page>
  )
}

function Values({ onCopied }: { readonly onCopied: (clears: number) => void }) {
  const client = useClient()
  const { id, secret, change, generate } = client
  const kept = id === 'generate' && secret.ref === 'generate'
  return (
    <>
      <ExistingClient />
      {kept ? (
        <section className="card" aria-labelledby="kept">
          <div className="card-h">
            <h2 id="kept">{text.keepTitle}</h2>
            <Button size="small" onClick={() => void generate('both')}>
              {text.makeNew}
            </Button>
          </div>
          <p>{text.keepText}</p>
        </section>
      ) : (
        <section className="card" aria-label={text.valuesLabel}>
          <ClientFields
            className="sec-row"
            words={text}
            hints={{
              id: text.length(id.length, idLength),
              ...(secret.length === undefined ? {} : { secret: text.length(secret.length, secretLength) }),
            }}
            values={client}
            notes={client.notes}
            required
            onChange={change}
            onGenerate={async (which) => {
              await generate(which)
              // What was found of the former secret does not hold for this one.
              if (which === 'secret') await compareClient()
            }}
            onLeft={async (typed) => {
              await client.check(typed)
              if (typed === undefined && existingClient() === undefined) await compareClient()
            }}
            onSecret={() => void compareClient()}
            onCopied={onCopied}
          />
        </section>
      )}
      <ClientPlaces />
    </>
  )
}

function Scopes() {
  const { scopes, scopeViews, scopeProblem, change } = useClient()
  if (scopeProblem) return <ProblemCard problem={scopeProblem} />
  if (scopeViews === undefined) return <Working text={text.scopes.looking} />
  return (
    <ScopeList
      scopes={scopeViews}
      onAdd={(scope) => change({ scopes: [...scopes, scope] })}
      onRemove={(scope) => change({ scopes: scopes.filter((one) => one !== scope) })}
    />
  )
}

function Grants() {
  const { grantTypes, change } = useClient()
  return (
    <GrantList
      chosen={grantTypes ?? usualGrantTypes}
      onChosen={(chosen) => change({ grantTypes: chosen })}
      back={
        grantTypes && {
          label: text.grants.toUsual,
          act: () => change({ grantTypes: undefined }),
        }
      }
    />
  )
}
