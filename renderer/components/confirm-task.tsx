import { messages } from '../messages/index.ts'
import type { Rights } from '../store/rights.ts'
import { Button } from './button.tsx'
import { Code } from './code.tsx'
import { Dialog } from './dialog.tsx'
import { Pairs } from './pairs.tsx'

const text = messages.tasks

interface ConfirmTaskProps {
  readonly label: string
  readonly disturbs: string
  readonly command?: string
  readonly rights: Rights
  readonly onYes: () => void
  readonly onNo: () => void
}

/** Asks before something is disturbed: what, by which command, and who is asked for rights. */
export function ConfirmTask({ label, disturbs, command, rights, onYes, onNo }: ConfirmTaskProps) {
  return (
    <Dialog
      title={text.confirmTitle(label)}
      onClose={onNo}
      actions={
        <>
          <Button {...(rights === 'asked' ? { icon: 'Shield20Regular' as const } : {})} onClick={onYes}>
            {label}
          </Button>
          <Button appearance="primary" onClick={onNo}>
            {text.notNow}
          </Button>
        </>
      }
    >
      <Pairs
        rows={[
          [text.disturbs, disturbs],
          ...(rights === 'not-needed' ? [] : [[text.rightsLabel, text.rights[rights]] as const]),
        ]}
        wide
      />
      {command !== undefined && <Code text={command} what={text.command} />}
    </Dialog>
  )
}
