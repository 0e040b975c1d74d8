import { Link } from '@fluentui/react-components'
import { Fragment, useState } from 'react'
import type { ConnectionNote, ConnectionView } from '../../electron/contract/database.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { CopyButton } from '../components/copy-button.tsx'
import { HiddenText } from '../components/hidden-text.tsx'
import { Icon, type IconName } from '../components/icon.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { messages } from '../messages/index.ts'
import { useDatabase } from '../store/database.ts'
import { latestConnection } from './database-printed.ts'

const text = messages.database

interface DatabaseEditProps {
  readonly as: readonly ('fields' | 'text')[]
  /** Missing while it is not known. */
  readonly connection: ConnectionView | undefined
}

/** From one view of a connection string to the other; nothing of it is lost on the way. */
export function DatabaseEdit({ as, connection }: DatabaseEditProps) {
  const { editAsFields, editAsText } = useDatabase()
  if (connection === undefined) return null
  const loss = as.includes('fields') ? lossInFields(connection) : undefined
  const turnTo = async (edit: (latest: ConnectionView) => void) => {
    const latest = await latestConnection(connection)
    if (latest !== undefined) edit(latest)
  }
  return (
    <div className="edit-ways">
      {as.includes('fields') && loss === undefined && (
        <Link as="button" onClick={() => void turnTo(editAsFields)}>
          {text.edit.fields}
        </Link>
      )}
      {as.includes('text') && (
        <Link as="button" onClick={() => void turnTo(editAsText)}>
          {text.edit.text}
        </Link>
      )}
      {loss !== undefined && <span className="secondary">{loss}</span>}
    </div>
  )
}

/** Why the fields could not hold all of it. */
function lossInFields({ windowsLogin, options }: ConnectionView): string | undefined {
  if (windowsLogin) return text.edit.noFields.windowsLogin
  return options.includes('[hidden]') ? text.edit.noFields.hidden : undefined
}

interface DatabaseWrittenProps {
  readonly connection: ConnectionView | undefined
  readonly problem?: Problem | undefined
  /** It is the only place where all of it is shown. */
  readonly shown?: boolean
}

/** What the service gets, and what there is to say about it: a line that opens; what needs a look is open. */
export function DatabaseWritten({ connection, problem, shown = false }: DatabaseWrittenProps) {
  const [chosen, setChosen] = useState<boolean | undefined>()
  if (problem !== undefined) return <ProblemCard problem={problem} />
  if (connection === undefined) return null
  const { notes, written } = connection
  const open = chosen ?? (shown || notes.some(({ level }) => level !== 'info'))
  return (
    <details className="card more" open={open}>
      <summary
        onClick={(event) => {
          event.preventDefault()
          setChosen(!open)
        }}
      >
        <Icon name={open ? 'ChevronDown16Regular' : 'ChevronRight16Regular'} className="chevron" />
        <h2>{text.written.title}</h2>
        <NotesPill connection={connection} />
      </summary>
      <div className="more-body written">
        <ConnectionCode text={written} />
        <ConnectionNotes notes={notes} />
      </div>
    </details>
  )
}

/** As a technical value is shown everywhere; the lines may end behind each keyword, and are copied as one. */
function ConnectionCode({ text: written }: { readonly text: string }) {
  return (
    <div className="code" role="group" aria-label={text.written.what}>
      <pre>
        {written.split(/(?<=;)/).map((part, index) => (
          <Fragment key={index}>
            <HiddenText text={part} />
            <wbr />
          </Fragment>
        ))}
      </pre>
      <CopyButton what={text.written.what} text={written} />
    </div>
  )
}

function NotesPill({ connection: { notes, text: given, written } }: { readonly connection: ConnectionView }) {
  const count = (level: ConnectionNote['level']) => notes.filter((note) => note.level === level).length
  const worse = count('error') + count('warning') > 0
  const said = text.written.counts(count('error'), count('warning'), worse ? 0 : count('info'))
  if (said === '') return given === written ? <Pill tone="plain">{text.written.same}</Pill> : null
  const tone = count('error') > 0 ? 'failed' : count('warning') > 0 ? 'warning' : 'info'
  return <Pill tone={tone}>{said}</Pill>
}

const marks: Readonly<Record<ConnectionNote['level'], readonly [IconName, string]>> = {
  error: ['DismissCircle16Filled', 'mark-failed'],
  warning: ['Warning16Filled', 'mark-warning'],
  info: ['Info16Regular', 'brand'],
}

/** The worst first; each with its shape and its word. */
function ConnectionNotes({ notes }: { readonly notes: readonly ConnectionNote[] }) {
  if (notes.length === 0) return null
  const order = Object.keys(marks)
  const sorted = notes.toSorted((a, b) => order.indexOf(a.level) - order.indexOf(b.level))
  return (
    <ul className="connection-notes" aria-label={text.written.notes}>
      {sorted.map(({ level, keyword, text: said, next }) => (
        <li key={level + (keyword ?? '') + said} className="calm">
          <Icon name={marks[level][0]} className={marks[level][1]} label={text.written.levels[level]} />
          <span>
            {keyword !== undefined && !said.includes(keyword) && <b className="mono">{keyword}</b>} {said}
            {next !== undefined && <> {next}</>}
          </span>
        </li>
      ))}
    </ul>
  )
}
