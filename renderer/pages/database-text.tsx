import { useEffect, useState } from 'react'
import type { Problem } from '../../electron/contract/problem.ts'
import { ProblemCard } from '../components/problem-card.tsx'
import { SelectField } from '../components/fields.tsx'
import { TextAreaField } from '../components/text-area-field.tsx'
import { messages } from '../messages/index.ts'
import { useDatabase } from '../store/database.ts'
import { isHeld } from '../store/secret-slot.ts'
import { currentDraft } from '../store/slices.ts'
import { ConnectionPairs } from './database-pairs.tsx'
import { DatabaseEdit, DatabaseWritten } from './database-written.tsx'

const text = messages.database

/** A connection string as text. Once it was read, its secrets read `[hidden]`, and may stay so while the rest is changed. */
export function DatabaseText() {
  const { connectionString, parse, parseAs, parsed, parseProblem, unread, namedProvider } = useDatabase()
  const [typed, setTyped] = useState<string | undefined>()
  useHeldText()
  const shown = unread === '' ? (parsed?.text ?? '') : unread
  const done = (value: string) =>
    void parse(value, currentDraft()).then(() => setTyped((now) => (now === value ? undefined : now)))
  const { ref } = connectionString
  const hint =
    ref !== '' && !isHeld(connectionString)
      ? text.text.elsewhere(ref)
      : shown.includes('[hidden]')
        ? text.text.hiddenHint
        : text.text.hint
  return (
    <>
      <TextAreaField
        path="database.connectionString"
        label={text.text.label}
        hint={hint}
        rows={5}
        value={typed ?? shown}
        onText={setTyped}
        onDone={done}
      />
      <SelectField
        path="database.provider"
        label={text.provider}
        value={namedProvider ?? (unread === '' && parsed !== undefined ? parsed.provider : '')}
        options={[
          ...(namedProvider === undefined && (unread !== '' || parsed === undefined)
            ? [['', text.text.byKeywords] as const]
            : []),
          ['PostgreSQL', text.providers.PostgreSQL],
          ['MsSqlServer', text.providers.MsSqlServer],
        ]}
        onValue={(provider) => {
          if (provider !== '') void parseAs(provider, currentDraft())
        }}
      />
      {parseProblem && <ProblemCard problem={inThisField(parseProblem)} />}
      {parsed && unread === '' && (
        <>
          <ConnectionPairs connection={parsed} />
          <DatabaseEdit as={['fields']} connection={parsed} />
          <DatabaseWritten connection={parsed} />
        </>
      )}
    </>
  )
}

/** The card stands below its field: the name of the answer would only be in the way of line and column. */
function inThisField({ where, ...problem }: Problem): Problem {
  const { path: _field, ...place } = where ?? {}
  return { ...problem, where: place }
}

/** A connection string that the page never read, such as one of an answer file: its text is asked for. */
function useHeldText(): void {
  const { connectionString, parsed, unread } = useDatabase()
  const { ref } = connectionString
  useEffect(() => {
    if (ref === '' || parsed !== undefined || unread !== '') return
    void useDatabase
      .getState()
      .print(currentDraft())
      .then(({ connection }) => {
        const now = useDatabase.getState()
        if (connection !== undefined && now.connectionString.ref === ref && now.parsed === undefined)
          useDatabase.setState({ parsed: connection })
      })
  }, [ref, parsed, unread])
}
