import { Caution } from '../components/caution.tsx'
import { Icon } from '../components/icon.tsx'
import { useWebsite } from '../store/website.ts'

/** Paths whose fields show what is said about them. */
const shown =
  /^(publicUrl|website\.(site|pool|hostName|https?|https?\.port|identity(\.\w+)?|https\.certificate(\.(file|password))?))$/

/** What is said about answers that have no such field: a tick, or a list. Errors are left to Next. */
export function OtherNotes() {
  const notes = useWebsite((state) => state.notes)
  return (
    <div role="status">
      {notes
        .filter(({ field, level }) => level !== 'error' && !shown.test(field))
        .map(({ field, level, text }) =>
          level === 'warning' ? (
            <Caution key={field + text} text={text} />
          ) : (
            <p key={field + text} className="calm">
              <Icon name="Info16Regular" className="brand" />
              <span>{text}</span>
            </p>
          ),
        )}
    </div>
  )
}
