import { CheckField } from '../components/fields.tsx'
import { Icon } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'
import { useWebsite } from '../store/website.ts'

const text = messages.website

/** What plain http means, and the confirmation that it needs. */
export function WebsitePlain() {
  const { development, change } = useWebsite()
  return (
    <section className="card problem problem-warning" aria-labelledby="plain">
      <Icon name="Warning20Filled" className="mark-warning" label={messages.common.marks.warning} />
      <div className="problem-text">
        <h2 id="plain">{text.plainTitle}</h2>
        <p>{text.plainText}</p>
        <CheckField
          path="website.development"
          label={text.development}
          checked={development}
          onChecked={(checked) => change({ development: checked })}
        />
      </div>
    </section>
  )
}
