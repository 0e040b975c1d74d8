import { CheckField } from '../components/fields.tsx'
import { Icon } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'
import { useWebsite } from '../store/website.ts'
import { takeOverPath } from './website-faults.ts'

const text = messages.website

/** What belongs to someone else and would be changed: each is confirmed by itself, none unasked. */
export function InTheWay() {
  const { inTheWay, takeOver, confirm } = useWebsite()
  return (
    <div role="status">
      {inTheWay.length > 0 && (
        <section className="card problem problem-warning" aria-labelledby="in-the-way">
          <Icon name="Warning20Filled" className="mark-warning" label={messages.common.marks.warning} />
          <div className="problem-text">
            <h2 id="in-the-way">{text.inTheWay}</h2>
            <p>{text.inTheWayText}</p>
            {inTheWay.map((thing) => (
              <CheckField
                key={thing.id}
                path={takeOverPath(thing.id)}
                label={thing.text}
                checked={takeOver.includes(thing.id)}
                onChecked={(checked) => confirm(thing.id, checked)}
              />
            ))}
          </div>
        </section>
      )}
    </div>
  )
}
