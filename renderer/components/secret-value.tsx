import { useEffect, useState } from 'react'
import { announce } from '../announce.ts'
import { ask } from '../bridge.ts'
import { copySecret } from '../clipboard.ts'
import { messages } from '../messages/index.ts'
import { Button } from './button.tsx'

interface SecretValueProps {
  readonly reference: string
  readonly label: string
  readonly onCopied: (clearsAfterSeconds: number) => void
}

/** A shown secret hides itself again after this many milliseconds. */
const shownFor = 30_000

/** A secret that is only read: hidden, to be shown for a while, to be copied. */
export function SecretValue({ reference, label, onCopied }: SecretValueProps) {
  const [shown, setShown] = useState<string | undefined>()
  useEffect(() => {
    if (shown === undefined) return
    const timer = setTimeout(() => setShown(undefined), shownFor)
    return () => clearTimeout(timer)
  }, [shown])
  const toggle = async () => {
    if (shown !== undefined) return setShown(undefined)
    const reply = await ask('secret.reveal', { ref: reference })
    if (reply.ok) setShown(reply.value.value)
    else announce(reply.problem.what)
  }
  const copy = async () => {
    const copied = await copySecret(reference)
    announce(copied.ok ? messages.common.copied : messages.common.notCopied)
    if (copied.ok) onCopied(copied.clearsAfterSeconds)
  }
  return (
    <span className="row">
      <span className="mono">{shown ?? '•'.repeat(32)}</span>
      <Button
        appearance="subtle"
        size="small"
        icon={shown === undefined ? 'Eye20Regular' : 'EyeOff20Regular'}
        label={shown === undefined ? messages.common.show(label) : messages.common.hide(label)}
        onClick={() => void toggle()}
      />
      <Button
        appearance="subtle"
        size="small"
        icon="Copy16Regular"
        label={messages.common.copy(label)}
        onClick={() => void copy()}
      />
    </span>
  )
}
