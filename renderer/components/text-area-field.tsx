import { Field, Textarea } from '@fluentui/react-components'
import { useFaults } from '../store/faults.ts'
import { useMessage } from './fields.tsx'

interface TextAreaFieldProps {
  /** Path in the answers: the field's id, and where its faults are kept. */
  readonly path: string
  readonly label: string
  readonly hint?: string | undefined
  readonly value: string
  readonly rows: number
  readonly onText: (text: string) => void
  /** Left by the keyboard or the mouse, by Enter, or filled from the clipboard. */
  readonly onDone: (text: string) => void
}

/** One technical text that is too long for a line: it wraps, but has no line ends of its own. */
export function TextAreaField({ path, label, hint, value, rows, onText, onDone }: TextAreaFieldProps) {
  const setFault = useFaults((state) => state.set)
  return (
    <Field label={label} {...useMessage(path, undefined, hint)}>
      <Textarea
        id={path}
        className="mono text-area"
        value={value}
        rows={rows}
        resize="vertical"
        spellCheck={false}
        autoComplete="off"
        onChange={(event, data) => {
          setFault(path, undefined)
          const text = data.value.replaceAll(/[\r\n]+/g, '')
          onText(text)
          const { inputType } = event.nativeEvent as InputEvent
          if (inputType === 'insertFromPaste' || inputType === 'insertFromDrop') onDone(text)
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          onDone(value)
        }}
        onBlur={() => onDone(value)}
      />
    </Field>
  )
}
