import type { ReplacementView } from '../../electron/contract/views.ts'
import { Choices } from '../components/choices.tsx'
import { TextField } from '../components/fields.tsx'
import { messages } from '../messages/index.ts'
import { useReplacement } from '../store/replacement.ts'

const text = messages.replacement.restart

/** Where the new file goes. Only under IIS can the settings point to another path on this machine. */
export function NewFile({ view }: { readonly view: ReplacementView }) {
  const { elsewhere, path, change } = useReplacement()
  return (
    <section className="restarted" aria-labelledby="file">
      <h2 id="file" className="section-title">
        {text.file}
      </h2>
      {view.hosting === 'iis' && (
        <>
          <Choices
            name="file"
            legend={text.file}
            value={elsewhere ? 'elsewhere' : 'in-place'}
            onValue={(where) => change({ elsewhere: where === 'elsewhere' })}
            choices={[
              {
                id: 'in-place',
                title: text.inPlace,
                text: <span className="mono">{view.pfx}</span>,
              },
              { id: 'elsewhere', title: text.elsewhere, text: text.elsewhereText },
            ]}
          />
          {elsewhere && (
            <TextField
              path="path"
              label={text.path}
              hint={text.pathHint}
              value={path}
              mono
              required
              onText={(typed) => change({ path: typed })}
            />
          )}
        </>
      )}
      {view.hosting === 'docker' && <p>{view.inImage ? text.inImage : text.docker}</p>}
      <p className="secondary">{elsewhere && view.hosting === 'iis' ? text.stays : text.backUp}</p>
    </section>
  )
}
