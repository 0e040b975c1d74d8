import { useEffect, useState } from 'react'
import { Button } from '../components/button.tsx'
import { ClipboardNote } from '../components/clipboard-note.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { CheckField, TextField } from '../components/fields.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { Working } from '../components/working.tsx'
import { errorsOf, warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { needed } from '../rules.ts'
import { useClient } from '../store/client.ts'
import type { Fault } from '../store/faults.ts'
import { useFiles } from '../store/files.ts'
import { noSecret } from '../store/secret-slot.ts'
import { ClientPlaces } from './client-places.tsx'

const text = messages.client

/** Lengths of the vendor's documentation; another length needs "use anyway". */
const idLength = 16
const secretLength = 32

/** States of the target folder in which no earlier installation can lie there. */
const isNew = new Set(['absent', 'empty'])

function check(): readonly Fault[] {
  const { id, name, secret, useAnyway, notes } = useClient.getState()
  const lengths: Fault[] = []
  if (!useAnyway && id !== '' && id !== 'generate' && id.length !== idLength)
    lengths.push({ path: 'client.id', text: text.idLength })
  if (!useAnyway && secret.length !== undefined && secret.length !== secretLength)
    lengths.push({ path: 'client.secret', text: text.secretLength })
  return [
    ...needed('client.id', id, text.idName),
    ...needed('client.secret', secret.ref, text.secretName),
    ...needed('client.name', name, text.nameName),
    ...errorsOf(notes),
    ...lengths,
  ]
}

/** ID, name and secret of the client that Creatio signs in with. */
export default function Client() {
  const client = useClient()
  const { id, name, secret, notes, problem, useAnyway, change, generate } = client
  // `foreign` too: what it is is not known, so nothing in it is replaced unasked.
  const mayBeThere = useFiles(({ targetView }) => targetView !== undefined && !isNew.has(targetView.state))
  const [copied, setCopied] = useState<{ readonly clears: number } | undefined>()

  useEffect(() => {
    const now = useClient.getState()
    const idOpen = now.id === '' || now.id === 'generate'
    const secretOpen = now.secret.ref === '' || now.secret.ref === 'generate'
    if (!idOpen && !secretOpen) return
    // An installation that is there keeps what it has: making new values silently would cut Creatio off.
    if (mayBeThere)
      change({
        ...(idOpen ? { id: 'generate' } : {}),
        ...(secretOpen ? { secret: { ref: 'generate' } } : {}),
      })
    else void generate(idOpen && secretOpen ? 'both' : idOpen ? 'id' : 'secret')
  }, [mayBeThere, change, generate])

  const wrongLength =
    (id !== '' && id !== 'generate' && id.length !== idLength) ||
    (secret.length !== undefined && secret.length !== secretLength)
  const next = () => void goNext(check)
  const kept = id === 'generate' && secret.ref === 'generate'
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
      <Scroll label={text.regionLabel}>
        {problem && <ProblemCard problem={problem} />}
        {id === '' && !problem && <Working text={text.generating} />}
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
            <div className="sec-row">
              <TextField
                path="client.id"
                label={text.id}
                hint={text.length(id.length, idLength)}
                mono
                value={id}
                required
                onText={(value) => change({ id: value })}
                onLeave={() => void client.check()}
                {...warningFor(notes, 'client.id')}
                after={
                  <>
                    <CopyButton what={text.id} text={id} />
                    <Button
                      appearance="transparent"
                      size="small"
                      icon="ArrowSync20Regular"
                      label={text.generateId}
                      onClick={() => void generate('id')}
                    />
                  </>
                }
              />
              <SecretField
                path="client.secret"
                label={text.secret}
                hint={secret.length === undefined ? undefined : text.length(secret.length, secretLength)}
                slot={secret}
                onSlot={(slot) => change({ secret: slot.ref === '' ? noSecret : slot })}
                onTyped={(value) => client.check(value)}
                copyable
                onCopied={(clears) => setCopied({ clears })}
                {...warningFor(notes, 'client.secret')}
                after={
                  <Button
                    appearance="transparent"
                    size="small"
                    icon="ArrowSync20Regular"
                    label={text.generateSecret}
                    onClick={() => void generate('secret')}
                  />
                }
              />
              <TextField
                path="client.name"
                label={text.name}
                value={name}
                required
                onText={(value) => change({ name: value })}
                onLeave={() => void client.check()}
                {...warningFor(notes, 'client.name')}
              />
            </div>
            {(wrongLength || useAnyway) && (
              <CheckField
                path="client.useAnyway"
                label={text.anyway}
                checked={useAnyway}
                onChecked={(checked) => change({ useAnyway: checked })}
              />
            )}
          </section>
        )}
        <ClientPlaces />
      </Scroll>
    </Page>
  )
}
