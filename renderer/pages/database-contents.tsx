import { useEffect, useState } from 'react'
import type { DatabaseContentsView, DatabaseVerdict } from '../../electron/contract/database.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'
import { clientOf, testPassed, useDatabase } from '../store/database.ts'
import { currentDraft } from '../store/slices.ts'
import { DatabaseClients } from './database-clients.tsx'

const text = messages.database.contents

const tones: Readonly<Record<DatabaseVerdict, 'passed' | 'warning' | 'failed'>> = {
  new: 'passed',
  reuse: 'passed',
  'client-differs': 'failed',
  'other-service': 'warning',
  incomplete: 'warning',
}

export const toneOf = (verdict: DatabaseVerdict): 'passed' | 'warning' | 'failed' => tones[verdict]

/** Whether the installer has to decide something about it. */
export const standsOut = (verdict: DatabaseVerdict): boolean => tones[verdict] !== 'passed'

/** What a tested database holds of the Identity Service already, and what that means for this setup. */
export function DatabaseContents() {
  const { contents, test, way } = useDatabase()
  useEffect(() => {
    // Compared with the client of the next page, which may be another one by now.
    const { contents: seen, test: ran, look } = useDatabase.getState()
    const draft = currentDraft()
    const stale = seen !== undefined && !seen.running && seen.client !== clientOf(draft)
    if (stale && testPassed(ran)) void look(draft)
  }, [])
  if (contents === undefined || way === 'new' || !testPassed(test)) return null
  const { view, problem, running, operation } = contents
  const tone = view === undefined ? undefined : tones[view.verdict]
  return (
    <section
      className={`card contents ${tone === undefined || tone === 'passed' ? '' : `problem-${tone}`}`}
      aria-labelledby="contents"
    >
      <div className="card-h">
        <h2 id="contents">{text.title}</h2>
        {view && tone && <Pill tone={tone}>{text.verdicts[view.verdict]}</Pill>}
        {problem && (
          <Button size="small" onClick={() => void useDatabase.getState().look(currentDraft())}>
            {text.again}
          </Button>
        )}
      </div>
      <div role="status">{running && <Working text={text.looking} operation={operation} />}</div>
      {problem && <ProblemCard problem={problem} tone="warning" />}
      {view && <Found view={view} />}
    </section>
  )
}

function Found({ view }: { readonly view: DatabaseContentsView }) {
  const { verdict, summary, meaning, schema, missing, clients, migrations } = view
  return (
    <>
      <p>
        <b>{summary}</b> {meaning}
      </p>
      {verdict !== 'new' && verdict !== 'reuse' && <Todo verdict={verdict} />}
      {schema !== 'none' && (
        <Pairs
          rows={[
            [text.tables, text.schemas[schema]],
            ...(missing.length === 0
              ? []
              : [[text.missing, <span className="mono">{missing.join(', ')}</span>] as const]),
          ]}
        />
      )}
      {clients.length > 0 && <DatabaseClients clients={clients} />}
      {migrations.length > 0 && <Migrations migrations={migrations} />}
    </>
  )
}

function Todo({ verdict }: { readonly verdict: keyof typeof text.todos }) {
  return (
    <div>
      <p className="caption-text">{text.todo}</p>
      <ul className="todo">
        {text.todos[verdict].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

function Migrations({ migrations }: Pick<DatabaseContentsView, 'migrations'>) {
  const [open, setOpen] = useState(false)
  return (
    <div className="expander">
      <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'ChevronDown16Regular' : 'ChevronRight16Regular'} className="chevron" />
        {text.migrations(migrations.length)}
      </button>
      {open && (
        <ul className="mono migrations">
          {migrations.map(({ id, productVersion }) => (
            <li key={id}>
              <span>{id}</span>
              <span className="duration">{productVersion}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
