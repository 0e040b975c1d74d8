import { Checkbox, Field, Input, Select } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useFaults } from '../store/faults.ts'
import { FaultText, describedBy } from './fault-text.tsx'

interface FieldProps {
  /** Path in the answers, such as `container.httpPort`: the field's id, and where its faults are kept. */
  readonly path: string
  readonly label: string
  readonly hint?: string | undefined
  readonly className?: string
}

/** What is said below a field: a fault first, then a warning, then the hint. */
export function useMessage(path: string, warning: string | undefined, hint: string | undefined) {
  const fault = useFaults((state) => state.texts[path])
  const below = hint === undefined ? {} : { hint }
  if (fault !== undefined) return { ...below, validationState: 'error', validationMessage: fault } as const
  if (warning !== undefined)
    return { ...below, validationState: 'warning', validationMessage: warning } as const
  return below
}

export interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onText: (text: string) => void
  /** What is wrong with a value, asked when the field is left. */
  readonly check?: (text: string) => string | undefined
  readonly onLeave?: () => void
  /** What Enter does here, in place of going on to the next page. */
  readonly onEnter?: () => void
  readonly warning?: string
  readonly mono?: boolean
  readonly inputMode?: 'numeric' | 'text'
  readonly placeholder?: string
  readonly after?: ReactNode
  readonly required?: boolean
}

export function TextField({
  path,
  label,
  hint,
  className,
  value,
  onText,
  check,
  onLeave,
  onEnter,
  warning,
  mono = false,
  inputMode = 'text',
  placeholder,
  after,
  required = false,
}: TextFieldProps) {
  const setFault = useFaults((state) => state.set)
  const leave = () => {
    if (check !== undefined && value !== '') setFault(path, check(value))
    onLeave?.()
  }
  return (
    <Field label={label} className={className ?? ''} {...useMessage(path, warning, hint)}>
      <Input
        id={path}
        className={mono ? 'mono' : ''}
        value={value}
        spellCheck={false}
        autoComplete="off"
        inputMode={inputMode}
        aria-required={required}
        {...(placeholder === undefined ? {} : { placeholder })}
        {...(after === undefined ? {} : { contentAfter: <span className="field-actions">{after}</span> })}
        onChange={(_, data) => {
          setFault(path, undefined)
          onText(data.value)
        }}
        onBlur={leave}
        {...(onEnter === undefined
          ? {}
          : {
              onKeyDown: (event) => {
                if (event.key !== 'Enter') return
                event.preventDefault()
                event.stopPropagation()
                onEnter()
              },
            })}
      />
    </Field>
  )
}

interface SelectFieldProps<T extends string> extends FieldProps {
  readonly value: T
  readonly options: readonly (readonly [value: T, text: string])[]
  readonly warning?: string
  readonly onValue: (value: T) => void
}

export function SelectField<T extends string>({
  path,
  label,
  hint,
  className,
  value,
  options,
  warning,
  onValue,
}: SelectFieldProps<T>) {
  return (
    <Field label={label} className={className ?? ''} {...useMessage(path, warning, hint)}>
      <Select id={path} value={value} onChange={(_, data) => onValue(data.value as T)}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </Select>
    </Field>
  )
}

interface CheckFieldProps {
  readonly path: string
  readonly label: ReactNode
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
}

export function CheckField({ path, label, checked, onChecked }: CheckFieldProps) {
  const fault = useFaults((state) => state.texts[path])
  const setFault = useFaults((state) => state.set)
  return (
    <div className="check-field">
      <Checkbox
        id={path}
        label={{ children: label }}
        checked={checked}
        aria-invalid={fault !== undefined}
        {...describedBy(path, fault)}
        onChange={(_, data) => {
          setFault(path, undefined)
          onChecked(data.checked === true)
        }}
      />
      {fault !== undefined && <FaultText path={path} text={fault} />}
    </div>
  )
}
