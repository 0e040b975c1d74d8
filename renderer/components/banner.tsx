import { messages } from '../messages/index.ts'
import { useConnection } from '../store/connection.ts'
import { Icon } from './icon.tsx'

/** Says that the browser host has gone; the event stream keeps trying by itself. */
export function Banner() {
  const gone = useConnection((state) => state.gone)
  if (!gone) return null
  return (
    <div className="banner" role="alert">
      <Icon name="Warning20Filled" className="mark-warning" />
      <span>
        <b>{messages.frame.gone}</b> {messages.frame.goneNext}
      </span>
    </div>
  )
}
