import { useEffect, useState } from 'react'
import { announce } from '../announce.ts'
import { copyText } from '../clipboard.ts'
import { messages } from '../messages/index.ts'
import { Button } from './button.tsx'

interface CopyButtonProps {
  /** What is copied, as the label says it: "Copy client ID". */
  readonly what: string
  readonly text: string
  /** Shown beside the icon, where the icon alone would not be found. */
  readonly word?: string
  /** At the end of a field, as large as the other buttons there. */
  readonly inField?: boolean
}

/** Copies a technical value; shows a tick for two seconds. */
export function CopyButton({ what, text, word, inField = false }: CopyButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    const done = await copyText(text)
    setCopied(done)
    announce(done ? messages.common.copied : messages.common.notCopied)
  }
  return (
    <Button
      appearance={inField ? 'transparent' : 'subtle'}
      size="small"
      icon={copied ? 'Checkmark16Filled' : inField ? 'Copy20Regular' : 'Copy16Regular'}
      label={messages.common.copy(what)}
      onClick={() => void copy()}
    >
      {word}
    </Button>
  )
}
