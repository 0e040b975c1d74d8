import { SelectField, TextField } from '../components/fields.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { messages } from '../messages/index.ts'
import { portFault } from '../rules.ts'
import { useDatabase } from '../store/database.ts'
import type { NewDatabaseData } from '../store/database-data.ts'
import { usePrinted } from './database-printed.ts'
import { DatabaseEdit, DatabaseWritten } from './database-written.tsx'

const text = messages.database

/** Server, database, user and password of a database that is there. */
export function DatabaseFields() {
  const state = useDatabase()
  const { change } = state
  const printed = usePrinted()
  return (
    <>
      <PlaceFields data={state} change={change} />
      <TextField
        path="database.user"
        label={text.user}
        value={state.user}
        required
        onText={(user) => change({ user })}
      />
      <SecretField
        path="database.password"
        name="database.fields.password"
        label={text.password}
        hint={text.passwordHint}
        slot={state.password}
        onSlot={(password) => change({ password })}
      />
      <OptionsField data={state} change={change} />
      <DatabaseEdit as={['text']} connection={printed?.connection} />
      <DatabaseWritten connection={printed?.connection} problem={printed?.problem} />
    </>
  )
}

type Place = Pick<NewDatabaseData, 'provider' | 'server' | 'port' | 'database' | 'options'>

interface PlaceFieldsProps {
  readonly data: Place
  readonly change: (data: Partial<Place>) => void
}

export function PlaceFields({ data, change }: PlaceFieldsProps) {
  return (
    <>
      <SelectField
        path="database.provider"
        label={text.provider}
        value={data.provider}
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
          value={data.server}
          required
          onText={(server) => change({ server })}
        />
        <TextField
          path="database.port"
          label={text.port}
          className="port"
          value={data.port}
          inputMode="numeric"
          placeholder={data.provider === 'PostgreSQL' ? '5432' : '1433'}
          check={portFault}
          onText={(port) => change({ port })}
        />
      </div>
      <TextField
        path="database.database"
        label={text.database}
        value={data.database}
        required
        onText={(database) => change({ database })}
      />
    </>
  )
}

export function OptionsField({ data, change }: PlaceFieldsProps) {
  return (
    <TextField
      path="database.options"
      label={text.options}
      hint={text.optionsHint}
      mono
      value={data.options}
      onText={(options) => change({ options })}
    />
  )
}
