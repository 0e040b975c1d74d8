import type { ReactNode } from 'react'
import type { FieldNote } from '../../electron/contract/views.ts'
import { doubts } from '../client-doubts.ts'
import { Button } from '../components/button.tsx'
import { CopyButton } from '../components/copy-button.tsx'
import { CheckField, TextField } from '../components/fields.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { settled } from '../pending.ts'
import { useFaults, type Fault } from '../store/faults.ts'
import { noSecret, type SecretSlot } from '../store/secret-slot.ts'

interface Values {
  readonly id: string
  readonly name: string
  readonly secret: SecretSlot
  readonly useAnyway: boolean
}

interface ClientFieldsProps {
  readonly className: string
  readonly words: {
    readonly id: string
    readonly secret: string
    readonly name: string
    readonly generateId: string
    readonly generateSecret: string
  }
  readonly hints: { readonly id?: string; readonly secret?: string; readonly name?: string }
  readonly values: Values
  readonly notes: readonly FieldNote[]
  /** Nothing may stay empty. */
  readonly required: boolean
  readonly onChange: (values: Partial<Values>) => void
  readonly onGenerate: (which: 'id' | 'secret') => Promise<void>
  /** A field was left; `secret` only when it was just typed. */
  readonly onLeft: (secret?: string) => Promise<void>
  /** A typed secret was put away, or one was given up. */
  readonly onSecret?: () => void
  readonly onCopied: (clearsAfterSeconds: number) => void
  readonly afterSecret?: ReactNode
}

/** ID, secret and name of a client. */
export function ClientFields(props: ClientFieldsProps) {
  const { className, words, hints, values, notes, required, afterSecret } = props
  const { onChange, onGenerate, onLeft, onSecret, onCopied } = props
  const { id, name, secret, useAnyway } = values
  const generate = (which: 'id' | 'secret', label: string) => (
    <Button
      appearance="transparent"
      size="small"
      icon="ArrowSync20Regular"
      label={label}
      onClick={() => void replaceTyped(which, onGenerate)}
    />
  )
  return (
    <>
      <div className={className}>
        <TextField
          path="client.id"
          label={words.id}
          hint={hints.id}
          mono
          value={id}
          required={required}
          onText={(value) => onChange({ id: value })}
          onLeave={() => void onLeft()}
          {...warningFor(notes, 'client.id')}
          after={
            <>
              {id !== '' && id !== 'generate' && <CopyButton what={words.id} text={id} inField />}
              {generate('id', words.generateId)}
            </>
          }
        />
        <SecretField
          path="client.secret"
          label={words.secret}
          hint={hints.secret}
          slot={secret}
          onSlot={(slot) => {
            onChange({ secret: slot.ref === '' ? noSecret : slot })
            onSecret?.()
          }}
          onTyped={onLeft}
          copyable
          onCopied={onCopied}
          {...warningFor(notes, 'client.secret')}
          after={
            <>
              {generate('secret', words.generateSecret)}
              {afterSecret}
            </>
          }
        />
        <TextField
          path="client.name"
          label={words.name}
          hint={hints.name}
          value={name}
          required={required}
          onText={(value) => onChange({ name: value })}
          onLeave={() => void onLeft()}
          {...warningFor(notes, 'client.name')}
        />
      </div>
      {(useAnyway || doubts(values, notes).length > 0) && (
        <CheckField
          path="client.useAnyway"
          label={messages.client.anyway}
          checked={useAnyway}
          onChecked={(checked) => {
            if (checked) forgive(doubts(values, notes))
            onChange({ useAnyway: checked })
          }}
        />
      )}
    </>
  )
}

/** A secret that was typed just now is put away first, or it would come after the generated one. */
async function replaceTyped(
  which: 'id' | 'secret',
  generate: (which: 'id' | 'secret') => Promise<void>,
): Promise<void> {
  if (which === 'secret') await settled()
  useFaults.getState().set(`client.${which}`, undefined)
  await generate(which)
}

function forgive(faults: readonly Fault[]): void {
  const { texts, set } = useFaults.getState()
  for (const { path, text } of faults) if (texts[path] === text) set(path, undefined)
}
