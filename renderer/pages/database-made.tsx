import { Pairs } from '../components/pairs.tsx'
import { messages } from '../messages/index.ts'
import { useDatabase } from '../store/database.ts'
import { DatabaseScript } from './database-script.tsx'

const text = messages.database.own

/** What Install makes for the new database, in words and, when asked for, as SQL. */
export function DatabaseMade() {
  const own = useDatabase((state) => state.own)
  const known = own.server !== '' && own.database !== '' && own.user !== ''
  return (
    <section className="card" aria-labelledby="made">
      <div className="card-h">
        <h2 id="made">{text.made}</h2>
        {known && <DatabaseScript label={text.sql} title={text.sqlTitle} about={text.sqlText} />}
      </div>
      {known ? (
        <Pairs
          rows={[
            [messages.database.database, text.databaseOf(own.database, own.server)],
            [text.loginRow, text.loginOf(own.user)],
          ]}
        />
      ) : (
        <p className="secondary">{text.later}</p>
      )}
      <p className="test-foot">{text.madeNow}</p>
    </section>
  )
}
