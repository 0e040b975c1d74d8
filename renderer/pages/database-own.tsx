import { CheckField, TextField } from '../components/fields.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { messages } from '../messages/index.ts'
import { useDatabase } from '../store/database.ts'
import { noSecret } from '../store/secret-slot.ts'
import { OptionsField, PlaceFields } from './database-fields.tsx'
import { usePrinted } from './database-printed.ts'
import { DatabaseWritten } from './database-written.tsx'

const text = messages.database

/** A database that is made at Install: where, what for, and by whom. */
export function DatabaseOwn() {
  const { own, changeOwn } = useDatabase()
  const printed = usePrinted()
  const generated = own.password.ref === 'generate'
  return (
    <>
      <PlaceFields data={own} change={changeOwn} />
      <TextField
        path="database.user"
        label={text.own.login}
        value={own.user}
        required
        onText={(user) => changeOwn({ user })}
      />
      <CheckField
        path="database.generate"
        label={text.own.generate}
        checked={generated}
        onChecked={(yes) => changeOwn({ password: yes ? { ref: 'generate' } : noSecret })}
      />
      {!generated && (
        <SecretField
          path="database.password"
          name="database.new.password"
          label={text.own.password}
          hint={text.passwordHint}
          slot={own.password}
          onSlot={(password) => changeOwn({ password })}
        />
      )}
      <fieldset className="group">
        <legend>{text.own.administrator}</legend>
        <div className="pair">
          <TextField
            path="database.administrator.user"
            label={text.user}
            className="half"
            value={own.administrator}
            required
            placeholder={own.provider === 'PostgreSQL' ? 'postgres' : 'sa'}
            onText={(administrator) => changeOwn({ administrator })}
          />
          <div className="grow">
            <SecretField
              path="database.administrator.password"
              name="database.new.administrator"
              label={text.password}
              slot={own.administratorPassword}
              onSlot={(administratorPassword) => changeOwn({ administratorPassword })}
            />
          </div>
        </div>
        <p className="secondary">{text.own.administratorHint}</p>
      </fieldset>
      <OptionsField data={own} change={changeOwn} />
      <DatabaseWritten connection={printed?.connection} problem={printed?.problem} />
    </>
  )
}
