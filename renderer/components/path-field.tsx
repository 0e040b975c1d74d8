import { ask } from '../bridge.ts'
import type { Input as CallInput } from '../../electron/contract/calls.ts'
import { messages } from '../messages/index.ts'
import { useMachine } from '../store/machine.ts'
import { Button } from './button.tsx'
import { TextField, type TextFieldProps } from './fields.tsx'

interface PathFieldProps extends Omit<TextFieldProps, 'after' | 'mono'> {
  readonly kinds: readonly CallInput<'dialog.open'>['kind'][]
}

/** As Windows copies a path: in quotation marks, which no path has. */
const unquoted = (typed: string): string => /^\s*"([^"]+)"\s*$/.exec(typed)?.[1] ?? typed

/** A path, typed or chosen. The buttons are there only where the door has native dialogs. */
export function PathField({ kinds, onText, onLeave, ...field }: PathFieldProps) {
  const dialogs = useMachine((state) => state.host.dialogs)
  const choose = async (kind: CallInput<'dialog.open'>['kind']) => {
    const reply = await ask('dialog.open', { kind })
    if (!reply.ok || reply.value === null) return
    onText(reply.value)
    onLeave?.()
  }
  return (
    <div className="path-field">
      <TextField
        {...field}
        mono
        onText={(typed) => onText(unquoted(typed))}
        {...(onLeave === undefined ? {} : { onLeave })}
        className="grow"
      />
      {dialogs &&
        kinds.map((kind) => (
          <Button
            key={kind}
            onClick={() => void choose(kind)}
            label={`${messages.common.choose[kind]} ${field.label}`}
          >
            {messages.common.choose[kind]}
          </Button>
        ))}
    </div>
  )
}
