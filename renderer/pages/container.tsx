import { useEffect } from 'react'
import { Caution } from '../components/caution.tsx'
import { Choices } from '../components/choices.tsx'
import { CheckField, SelectField, TextField } from '../components/fields.tsx'
import { Page, Scroll } from '../components/page.tsx'
import { WizardFooter } from '../components/wizard-footer.tsx'
import { errorsOf, warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { goNext } from '../navigate.ts'
import { judged, needed, portFault } from '../rules.ts'
import { useContainer } from '../store/container.ts'
import type { Fault } from '../store/faults.ts'
import { currentDraft } from '../store/slices.ts'
import { ContainerReach } from './container-reach.tsx'
import { ContainerSurroundings } from './container-surroundings.tsx'

const text = messages.container

async function check(): Promise<readonly Fault[]> {
  await useContainer.getState().check(currentDraft())
  const data = useContainer.getState()
  const own: Fault[] = [
    ...needed('container.name', data.name, text.nameName),
    ...needed('container.image', data.image, text.imageName),
    ...(data.settings === 'dockerfile-env' && !data.acceptSecretsInImage
      ? [{ path: 'container.acceptSecretsInImage', text: text.acceptNeeded }]
      : []),
    ...(!data.http && !data.https ? [{ path: 'container.http', text: text.portNeeded }] : []),
    ...(data.http
      ? [
          ...needed('container.httpPort', data.httpPort, text.httpPortName),
          ...judged('container.httpPort', data.httpPort, portFault),
        ]
      : []),
    ...(data.https
      ? [
          ...needed('container.https.port', data.httpsPort, text.httpsPortName),
          ...judged('container.https.port', data.httpsPort, portFault),
        ]
      : []),
  ]
  return [...own, ...errorsOf(data.notes).filter((fault) => !own.some(({ path }) => path === fault.path))]
}

/** Name, settings way, ports, HTTPS, network, database as seen from inside, Redis, restart policy. */
export default function Container() {
  const data = useContainer()
  const { change, suggestPorts, notes } = data
  useEffect(() => {
    void suggestPorts()
    void useContainer.getState().check(currentDraft())
  }, [suggestPorts])
  const look = () => void data.check(currentDraft())
  const next = () => void goNext(check)
  const warning = text.warnings[data.settings]
  return (
    <Page
      id="container"
      title={text.title}
      lead={text.lead}
      onEnter={next}
      footer={<WizardFooter onNext={next} note={text.note} />}
    >
      <Scroll label={text.regionLabel}>
        <section className="card" aria-labelledby="naming">
          <div className="card-h">
            <h2 id="naming">{text.naming}</h2>
          </div>
          <div className="three">
            <TextField
              path="container.name"
              label={text.name}
              mono
              required
              value={data.name}
              onText={(name) => change({ name })}
              onLeave={look}
              {...warningFor(notes, 'container.name')}
            />
            <TextField
              path="container.image"
              label={text.image}
              hint={text.imageHint}
              mono
              required
              value={data.image}
              onText={(image) => change({ image })}
              onLeave={look}
              {...warningFor(notes, 'container.image')}
            />
            <SelectField
              path="container.restart"
              label={text.restart}
              value={data.restart}
              options={[
                ['unless-stopped', text.restarts['unless-stopped']],
                ['always', text.restarts.always],
                ['on-failure', text.restarts['on-failure']],
                ['no', text.restarts.no],
              ]}
              onValue={(restart) => change({ restart })}
            />
          </div>
        </section>
        <section aria-labelledby="ways">
          <h2 id="ways" className="section-title">
            {text.settingsTitle}
          </h2>
          <Choices
            name="container.settings"
            legend={text.settingsTitle}
            value={data.settings}
            onValue={(settings) => {
              change({ settings })
              look()
            }}
            choices={[
              { id: 'mounted-file', ...text.ways['mounted-file'] },
              { id: 'environment', ...text.ways.environment },
              { id: 'dockerfile-env', ...text.ways['dockerfile-env'] },
            ]}
          />
          {warning !== undefined && <Caution text={warning} live />}
          {data.settings === 'dockerfile-env' && (
            <CheckField
              path="container.acceptSecretsInImage"
              label={text.accept}
              checked={data.acceptSecretsInImage}
              onChecked={(acceptSecretsInImage) => change({ acceptSecretsInImage })}
            />
          )}
        </section>
        <ContainerReach look={look} />
        <ContainerSurroundings look={look} />
      </Scroll>
    </Page>
  )
}
