import type { CreatioCandidate } from '../../electron/contract/database.ts'
import { ask } from '../bridge.ts'
import { TextField } from '../components/fields.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { messages } from '../messages/index.ts'
import { trackTyped } from '../pending.ts'
import { isSecretPlaceholder } from '../store/candidate.ts'
import { useDatabase } from '../store/database.ts'
import { useFaults } from '../store/faults.ts'
import { noSecret } from '../store/secret-slot.ts'
import { placeholderPath } from './database-faults.ts'

const text = messages.database.vault

/** Names in square brackets, which Creatio replaces by values of a vault: a field for each. */
export function DatabasePlaceholders({ candidate }: { readonly candidate: CreatioCandidate }) {
  const { placeholders, setPlaceholder } = useDatabase()
  return (
    <section className="card connection" aria-labelledby="vault">
      <h2 id="vault">{text.title}</h2>
      <p className="secondary">{text.text}</p>
      {candidate.placeholders.map((name) => {
        const { slot = noSecret, text: typed } = placeholders[name] ?? {}
        // One of an answer file is only known by its reference, and shown as every other reference.
        return isSecretPlaceholder(candidate, name) || (typed === undefined && slot.ref !== '') ? (
          <SecretField
            key={name}
            path={placeholderPath(name)}
            label={`[${name}]`}
            hint={text.hint}
            slot={slot}
            onSlot={(now) => setPlaceholder(name, now)}
          />
        ) : (
          <TextField
            key={name}
            path={placeholderPath(name)}
            label={`[${name}]`}
            value={typed ?? ''}
            required
            onText={(now) => setPlaceholder(name, noSecret, now)}
            onLeave={() => void put(name)}
          />
        )
      })}
    </section>
  )
}

/** The answers take a reference for every value, also for one that is no secret. */
async function put(name: string): Promise<void> {
  const { text: value, slot } = useDatabase.getState().placeholders[name] ?? {}
  if (value === undefined || value === '' || slot?.ref !== '') return
  const path = placeholderPath(name)
  const reply = await trackTyped(ask('secret.put', { name: path, value }))
  if (!reply.ok) return useFaults.getState().set(path, reply.problem.what)
  if (useDatabase.getState().placeholders[name]?.text !== value) return
  useDatabase.getState().setPlaceholder(name, reply.value, value)
}
