import { useState } from 'react'
import { Link } from '@fluentui/react-components'
import { Code } from '../components/code.tsx'
import { SelectField, TextField } from '../components/fields.tsx'
import { Icon } from '../components/icon.tsx'
import { Pairs } from '../components/pairs.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { SecretField } from '../components/secret-field.tsx'
import type { ConnectionView } from '../../electron/contract/views.ts'
import { messages } from '../messages/index.ts'
import { portFault } from '../rules.ts'
import { connectionText } from '../connection-text.ts'
import { useDatabase } from '../store/database.ts'
import { useHosting } from '../store/hosting.ts'
import { useFiles } from '../store/files.ts'

const text = messages.database

/** The fields of the chosen way. */
export function DatabaseForm() {
  const way = useDatabase((state) => state.way)
  switch (way) {
    case 'creatio':
      return <FromCreatio />
    case 'connection-string':
      return <FromString />
    case 'fields':
      return <FromFields />
    case 'practice':
      return <p className="secondary">{text.practiceText}</p>
  }
}

function FromCreatio() {
  const creatio = useFiles((state) => state.creatio)
  const problem = useFiles((state) => state.creatioProblem)
  const editAsFields = useDatabase((state) => state.editAsFields)
  if (problem) return <ProblemCard problem={problem} />
  if (creatio?.connection === undefined)
    return <p className="secondary">{creatio === undefined ? text.creatioNeeded : text.noEntry}</p>
  const [before, file, after] = text.fromCreatio(creatio.file, creatio.entry)
  const { connection } = creatio
  return (
    <>
      <p className="from">
        <Icon name="DocumentText20Regular" className="brand" />
        <span>
          {before}
          <span className="mono">{file}</span>
          {after}
        </span>
      </p>
      <ConnectionPairs connection={connection} />
      <p>
        <Link as="button" onClick={() => editAsFields(connection)}>
          {text.change}
        </Link>
      </p>
    </>
  )
}

function ConnectionPairs({ connection }: { readonly connection: ConnectionView }) {
  const hosting = useHosting((state) => state.hosting)
  const port = connection.port === undefined ? '' : `:${connection.port}`
  return (
    <div className="card">
      <Pairs
        rows={[
          [text.provider, text.providers[connection.provider]],
          [text.server, <span className="mono">{connection.server + port}</span>],
          [text.database, <span className="mono">{connection.database}</span>],
          [
            text.user,
            connection.user === '' ? (
              text.windowsLogin[hosting]
            ) : (
              <span className="mono">{connection.user}</span>
            ),
          ],
        ]}
      />
    </div>
  )
}

function FromString() {
  const { connectionString, parse, parsed, parseProblem, change, editAsFields } = useDatabase()
  return (
    <>
      <SecretField
        path="database.connectionString"
        label={text.connectionString}
        hint={text.connectionStringHint}
        slot={connectionString}
        onSlot={(slot) => change({ connectionString: slot })}
        onValue={parse}
      />
      {parseProblem && <ProblemCard problem={parseProblem} />}
      {parsed && (
        <>
          <ConnectionPairs connection={parsed} />
          <p>
            <Link as="button" onClick={() => editAsFields(parsed)}>
              {text.change}
            </Link>
          </p>
        </>
      )}
    </>
  )
}

function FromFields() {
  const state = useDatabase()
  const { change } = state
  const [asString, setAsString] = useState(false)
  return (
    <>
      <SelectField
        path="database.provider"
        label={text.provider}
        value={state.provider}
        options={[
          ['PostgreSQL', text.providers.PostgreSQL],
          ['MsSqlServer', text.providers.MsSqlServer],
        ]}
        onValue={(provider) => change({ provider })}
      />
      <div className="pair">
        <TextField
          path="database.server"
          label={text.server}
          className="grow"
          value={state.server}
          required
          onText={(server) => change({ server })}
        />
        <TextField
          path="database.port"
          label={text.port}
          className="port"
          value={state.port}
          inputMode="numeric"
          placeholder={state.provider === 'PostgreSQL' ? '5432' : '1433'}
          check={portFault}
          onText={(port) => change({ port })}
        />
      </div>
      <TextField
        path="database.database"
        label={text.database}
        value={state.database}
        required
        onText={(database) => change({ database })}
      />
      <TextField
        path="database.user"
        label={text.user}
        value={state.user}
        required
        onText={(user) => change({ user })}
      />
      <SecretField
        path="database.password"
        label={text.password}
        hint={text.passwordHint}
        slot={state.password}
        onSlot={(password) => change({ password })}
      />
      <TextField
        path="database.options"
        label={text.options}
        hint={text.optionsHint}
        mono
        value={state.options}
        onText={(options) => change({ options })}
      />
      <p>
        <Link as="button" onClick={() => setAsString(!asString)}>
          {asString ? text.hideString : text.showString}
        </Link>
      </p>
      {asString && <Code text={connectionText(state)} what={text.asString} />}
    </>
  )
}
