import { Field, Input } from '@fluentui/react-components'
import { useEffect, useState, type ReactNode } from 'react'
import { announce } from '../announce.ts'
import { ask } from '../bridge.ts'
import { copySecret } from '../clipboard.ts'
import { messages } from '../messages/index.ts'
import { inTurn, trackTyped } from '../pending.ts'
import { useFaults } from '../store/faults.ts'
import { isHeld, noSecret, type SecretSlot } from '../store/secret-slot.ts'
import { Button } from './button.tsx'
import { useMessage } from './fields.tsx'

interface SecretFieldProps {
  readonly path: string
  /** What the value is kept as, where several fields have one path; else the path. */
  readonly name?: string
  readonly label: string
  readonly slot: SecretSlot
  readonly onSlot: (slot: SecretSlot) => void
  /** Called at each change; what it gets must not be kept. */
  readonly onTyping?: (value: string) => void
  /** Called with the value just typed, before it is put away. */
  readonly onTyped?: (value: string) => Promise<void>
  /** Puts the value away in place of `secret.put`: a connection string is read on its way. */
  readonly onValue?: (value: string) => Promise<void>
  readonly hint?: string | undefined
  readonly warning?: string
  readonly copyable?: boolean
  readonly onCopied?: (clearsAfterSeconds: number) => void
  readonly after?: ReactNode
}

const bullet = '•'
/** Bullets shown for a value whose length the page never saw. */
const unknownLength = 12
/** A shown secret hides itself again after this many milliseconds. */
const shownFor = 30_000

/**
 * A secret. What is typed goes to the back end when the field is left; the page then keeps a reference and the number
 * of characters. Shown or copied again, the value is asked for anew.
 */
export function SecretField(props: SecretFieldProps) {
  const {
    path,
    name = path,
    label,
    slot,
    onSlot,
    onTyping,
    onTyped,
    onValue,
    hint,
    warning,
    copyable = false,
    onCopied,
    after,
  } = props
  const [typed, setTyped] = useState<string | undefined>()
  const [revealed, setRevealed] = useState<
    { readonly slot: SecretSlot; readonly value: string } | undefined
  >()
  const [open, setOpen] = useState(false)
  const setFault = useFaults((state) => state.set)
  const message = useMessage(path, warning, hint)

  useEffect(() => {
    if (revealed === undefined) return
    const timer = setTimeout(() => setRevealed(undefined), shownFor)
    return () => clearTimeout(timer)
  }, [revealed])
  // A new value is hidden at first. It has a slot of its own, though its reference may be that of the former one.
  const shown = revealed?.slot === slot ? revealed.value : undefined

  const put = async (value: string) => {
    if (value === '') return onSlot(noSecret)
    if (onValue !== undefined) return await onValue(value)
    await onTyped?.(value)
    const reply = await ask('secret.put', { name, value })
    if (!reply.ok) return setFault(path, reply.problem.what)
    onSlot({ ref: reply.value.ref, length: reply.value.length })
  }
  const leave = () => {
    if (typed === undefined) return
    // What is typed while it is put away is not put away yet.
    const done = () => setTyped((now) => (now === typed ? undefined : now))
    void trackTyped(inTurn(name, () => put(typed)).then(done))
  }
  const toggle = async () => {
    if (typed !== undefined || slot.ref === '') return setOpen(!open)
    if (shown !== undefined) return setRevealed(undefined)
    const reply = await ask('secret.reveal', { ref: slot.ref })
    if (reply.ok) setRevealed({ slot, value: reply.value.value })
    else setFault(path, reply.problem.what)
  }
  const copy = async () => {
    const copied = await copySecret(slot.ref)
    announce(copied.ok ? messages.common.copied : messages.common.notCopied)
    if (copied.ok) onCopied?.(copied.clearsAfterSeconds)
  }

  const visible = typed === undefined ? shown !== undefined : open
  const held = isHeld(slot)
  const elsewhere = slot.ref !== '' && !held
  const masked = held ? bullet.repeat(slot.length ?? unknownLength) : elsewhere ? slot.ref : ''
  return (
    <Field label={label} {...message}>
      <Input
        id={path}
        className="mono"
        type={visible || elsewhere ? 'text' : 'password'}
        value={typed ?? shown ?? masked}
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => event.target.select()}
        onChange={(_, data) => {
          setFault(path, undefined)
          setRevealed(undefined)
          const value = data.value.replaceAll(bullet, '')
          setTyped(value)
          onTyping?.(value)
        }}
        onBlur={leave}
        contentAfter={
          <span className="field-actions">
            {(typed !== undefined || held) && (
              <Button
                appearance="transparent"
                size="small"
                icon={visible ? 'EyeOff20Regular' : 'Eye20Regular'}
                label={visible ? messages.common.hide(label) : messages.common.show(label)}
                onClick={() => void toggle()}
              />
            )}
            {copyable && held && typed === undefined && (
              <Button
                appearance="transparent"
                size="small"
                icon="Copy20Regular"
                label={messages.common.copy(label)}
                onClick={() => void copy()}
              />
            )}
            {after}
          </span>
        }
      />
    </Field>
  )
}
