import { useEffect, useState } from 'react'
import { messages } from '../messages/index.ts'
import { useWorking } from '../store/working.ts'

/** Milliseconds until a call is said to take longer than usual. */
const slow = 8000

interface WorkingProps {
  readonly text: string
  /** The long call whose own sentences are shown, when it has any. */
  readonly operation?: string
}

/** A sign of life: at once that something is under way, later that it takes longer than usual, and for how long. */
export function Working({ text, operation }: WorkingProps) {
  const latest = useWorking((state) => (operation === undefined ? undefined : state.texts[operation]))
  const seconds = useSeconds()
  return (
    <p className="working" role="status">
      <span className="spin" aria-hidden="true" />
      <span>
        {latest ?? text}
        {seconds * 1000 >= slow && <span className="secondary"> {messages.common.slow(seconds)}</span>}
      </span>
    </p>
  )
}

/** Whole seconds since the component appeared. */
function useSeconds(): number {
  const [seconds, setSeconds] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setSeconds((now) => now + 1), 1000)
    return () => clearInterval(timer)
  }, [])
  return seconds
}
