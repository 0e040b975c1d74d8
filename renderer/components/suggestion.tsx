import { useFaults } from '../store/faults.ts'
import { messages } from '../messages/index.ts'
import { Button } from './button.tsx'

interface SuggestionProps {
  /** Path of the field that the value is for. */
  readonly path: string
  readonly value: string | undefined
  /** What stands in the field now; the same value is not offered again. */
  readonly current: string
  readonly onTake: (value: string) => void
}

/** A value that the back end proposes for a field, put there by one click. */
export function Suggestion({ path, value, current, onTake }: SuggestionProps) {
  if (value === undefined || value === current) return null
  return (
    <p className="suggestion">
      <Button
        size="small"
        onClick={() => {
          useFaults.getState().set(path, undefined)
          onTake(value)
        }}
      >
        {messages.common.use(value)}
      </Button>
    </p>
  )
}
