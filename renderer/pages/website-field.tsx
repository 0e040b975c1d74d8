import { TextField, type TextFieldProps } from '../components/fields.tsx'
import { Suggestion } from '../components/suggestion.tsx'
import { suggestionFor, warningFor } from '../field-notes.ts'
import { useWebsite, type WebsiteData } from '../store/website.ts'
import { askAboutWebsite } from './website-faults.ts'

/** The parts of the website that are typed as text. */
type TextKey = {
  [K in keyof WebsiteData]: string extends WebsiteData[K] ? K : never
}[keyof WebsiteData]

interface WebsiteFieldProps extends Pick<
  TextFieldProps,
  'path' | 'label' | 'hint' | 'check' | 'mono' | 'required' | 'inputMode' | 'className'
> {
  readonly of: TextKey
  /** A value to offer when the back end has none for this field. */
  readonly offer?: string | undefined
  /** What else to do when the field is left. */
  readonly onLeave?: (path: string) => Promise<void>
}

/** A text of the Website page: with what the back end says about it, and the value it proposes. */
export function WebsiteField({ of, offer, onLeave = askAboutWebsite, ...field }: WebsiteFieldProps) {
  const value = useWebsite((state) => state[of])
  const notes = useWebsite((state) => state.notes)
  const change = useWebsite((state) => state.change)
  const fill = (text: string) => change({ [of]: text })
  return (
    <div className={field.className ?? ''}>
      <TextField
        {...field}
        className=""
        value={value}
        onText={fill}
        onLeave={() => void onLeave(field.path)}
        {...warningFor(notes, field.path)}
      />
      <Suggestion
        path={field.path}
        value={suggestionFor(notes, field.path) ?? (value === '' ? offer : undefined)}
        current={value}
        onTake={(text) => {
          fill(text)
          void onLeave(field.path)
        }}
      />
    </div>
  )
}
