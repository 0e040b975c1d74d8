import { Pairs } from '../components/pairs.tsx'
import { messages } from '../messages/index.ts'

const text = messages.client

/** Where ID and secret will stand. */
export function ClientPlaces() {
  const { rows } = text
  const [key, clients, rest] = rows.settingsText
  const [settings, idCode, and, secretCode, step] = rows.creatioText
  return (
    <section className="card" aria-labelledby="places">
      <div className="card-h">
        <h2 id="places">{text.goes}</h2>
      </div>
      <Pairs
        wide
        rows={[
          [
            rows.settings,
            <>
              {key}
              <span className="mono">{clients}</span>
              {rest}
            </>,
          ],
          [rows.database, rows.databaseText],
          [
            rows.creatio,
            <>
              {settings}
              <span className="mono">{idCode}</span>
              {and}
              <span className="mono">{secretCode}</span>
              {step}
            </>,
          ],
          [rows.builtIn, rows.builtInText],
        ]}
      />
    </section>
  )
}
