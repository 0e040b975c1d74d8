import { useEffect } from 'react'
import { Button } from '../components/button.tsx'
import { CheckField } from '../components/fields.tsx'
import { Icon } from '../components/icon.tsx'
import { shortDate } from '../format.ts'
import { messages } from '../messages/index.ts'
import { useClient } from '../store/client.ts'
import { useExistingClient } from '../store/existing-client.ts'
import { useFaults } from '../store/faults.ts'

const text = messages.client.existing

/** What the database already holds of this client, and the ways out where it has another secret. */
export function ExistingClient() {
  const { id, replaceExisting, change, generate } = useClient()
  const existing = useExistingClient()
  const differs = existing?.verdict === 'client-differs'
  useEffect(() => {
    if (!differs) useFaults.getState().set('client.replaceExisting', undefined)
  }, [differs])
  if (existing?.verdict === 'reuse')
    return (
      <p className="existing-reused">
        <Icon name="CheckmarkCircle16Filled" className="mark-passed" />
        {messages.client.reused}
      </p>
    )
  if (!differs) return null
  const row = existing.clients.find((client) => client.id === id)
  return (
    <section className="card problem problem-warning" aria-labelledby="existing">
      <Icon name="Warning20Filled" className="mark-warning" label={messages.common.marks.warning} />
      <div className="problem-text">
        <div className="row">
          <h2 id="existing" className="grow">
            {text.title}
          </h2>
          <Button size="small" onClick={() => void generate('id')}>
            {text.generateId}
          </Button>
        </div>
        {row && (
          <p className="secondary">
            {text.row(row.name, row.key, row.created === undefined ? '' : shortDate(row.created))}
          </p>
        )}
        <p>{text.why}</p>
        <ul className="existing-ways">
          {text.ways.map((way) => (
            <li key={way}>{way}</li>
          ))}
        </ul>
        <CheckField
          path="client.replaceExisting"
          label={text.replace}
          checked={replaceExisting}
          onChecked={(checked) => change({ replaceExisting: checked })}
        />
        <p className="secondary">{text.replaceText}</p>
      </div>
    </section>
  )
}
