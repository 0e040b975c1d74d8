import type { ReplacementView } from '../../electron/contract/views.ts'
import { Choices } from '../components/choices.tsx'
import { TextField } from '../components/fields.tsx'
import { messages } from '../messages/index.ts'
import { containerNameFault, iisNameFault } from '../rules.ts'
import { useHosting } from '../store/hosting.ts'
import { useMachine } from '../store/machine.ts'
import { useReplacement, type ReplacementData } from '../store/replacement.ts'

const text = messages.replacement.restart

/** Who restarts Creatio. Where nothing is suggested, nothing is to be decided: the installer does, unless a name is typed. */
export const whoRestarts = (
  creatio: ReplacementData['creatio'],
  view: ReplacementView | undefined,
): ReplacementData['creatio'] =>
  creatio === 'unsaid' && view !== undefined && view.creatio.length === 0 ? 'myself' : creatio

/** What runs Creatio here and is restarted after the service; or that nothing is. */
export function RestartCreatio({ view }: { readonly view: ReplacementView }) {
  const { creatio, creatioPool, creatioContainer, change } = useReplacement()
  // A practice run simulates a Windows, wherever it takes place.
  const practice = useHosting((state) => state.practice)
  const pools = useMachine((state) => state.view?.windows !== undefined) || practice
  const who = whoRestarts(creatio, view)
  const idOf = (kind: 'pool' | 'container', name: string) => `${kind}:${name}`
  const suggested = creatioPool === '' ? idOf('container', creatioContainer) : idOf('pool', creatioPool)
  const choose = (id: string) => {
    const chosen = view.creatio.find(({ kind, name }) => idOf(kind, name) === id)
    if (chosen !== undefined)
      return change({
        creatio: 'suggested',
        creatioPool: chosen.kind === 'pool' ? chosen.name : '',
        creatioContainer: chosen.kind === 'container' ? chosen.name : '',
      })
    change({ creatio: id === 'typed' ? 'typed' : 'myself' })
  }
  return (
    <section className="restarted" aria-labelledby="creatio-title">
      <h2 id="creatio-title" className="section-title">
        {text.creatio}
      </h2>
      <p className="secondary">{text.creatioText}</p>
      <Choices
        name="creatio"
        legend={text.creatio}
        value={who === 'suggested' ? suggested : who}
        onValue={choose}
        choices={[
          ...view.creatio.map(({ kind, name, why }) => ({
            id: idOf(kind, name),
            title: name,
            text: why,
            tag: text.kinds[kind],
          })),
          {
            id: 'typed',
            title: view.creatio.length === 0 ? text.typedOnly : text.typed,
            text: pools ? text.typedText : text.typedContainer,
          },
          { id: 'myself', title: text.myself, text: text.myselfText },
        ]}
      />
      {who === 'typed' && (
        <div className="three">
          {(pools || creatioPool !== '') && (
            <TextField
              path="creatio.pool"
              label={text.poolName}
              value={creatioPool}
              check={iisNameFault}
              onText={(name) => change({ creatioPool: name })}
            />
          )}
          <TextField
            path="creatio.container"
            label={pools ? text.orContainerName : text.containerName}
            value={creatioContainer}
            check={containerNameFault}
            onText={(name) => change({ creatioContainer: name })}
          />
        </div>
      )}
    </section>
  )
}
