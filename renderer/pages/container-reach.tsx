import { Switch } from '@fluentui/react-components'
import { FaultText, describedBy } from '../components/fault-text.tsx'
import { TextField } from '../components/fields.tsx'
import { PathField } from '../components/path-field.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { portFault } from '../rules.ts'
import { useContainer } from '../store/container.ts'
import { useFaults } from '../store/faults.ts'

const text = messages.container

/** Ports, HTTPS and the URL that Creatio will call. */
export function ContainerReach({ look }: { readonly look: () => void }) {
  const data = useContainer()
  const { change, notes } = data
  const fault = useFaults((state) => state.texts['container.http'])
  return (
    <section className="card" aria-labelledby="reach">
      <div className="card-h">
        <h2 id="reach">{text.reached}</h2>
      </div>
      <div className="three">
        <div>
          <Switch
            id="container.http"
            label={text.http}
            checked={data.http}
            {...describedBy('container.http', fault)}
            onChange={(_, { checked }) => {
              useFaults.getState().set('container.http', undefined)
              change({ http: checked })
            }}
          />
          {fault !== undefined && <FaultText path="container.http" text={fault} />}
          {data.http && (
            <TextField
              path="container.httpPort"
              label={text.httpPort}
              required
              inputMode="numeric"
              value={data.httpPort}
              check={portFault}
              onText={(httpPort) => change({ httpPort })}
              onLeave={look}
              {...warningFor(notes, 'container.httpPort')}
            />
          )}
        </div>
        <div>
          <Switch
            id="container.https"
            label={text.https}
            checked={data.https}
            onChange={(_, { checked }) => {
              useFaults.getState().set('container.http', undefined)
              change({ https: checked })
            }}
          />
          {data.https && (
            <TextField
              path="container.https.port"
              label={text.httpsPort}
              required
              inputMode="numeric"
              value={data.httpsPort}
              check={portFault}
              onText={(httpsPort) => change({ httpsPort })}
              onLeave={look}
              {...warningFor(notes, 'container.https.port')}
            />
          )}
        </div>
        <TextField
          path="publicUrl"
          label={text.publicUrl}
          className="below-switch"
          hint={text.publicUrlHint}
          mono
          value={data.publicUrl}
          onText={(publicUrl) => change({ publicUrl })}
          onLeave={look}
          {...warningFor(notes, 'publicUrl')}
        />
      </div>
      {data.https && (
        <div className="form spaced-above">
          <PathField
            path="container.https.certificate"
            label={text.certificate}
            hint={text.certificateHint}
            kinds={['certificate']}
            value={data.httpsCertificate}
            onText={(httpsCertificate) => change({ httpsCertificate })}
            onLeave={look}
            {...warningFor(notes, 'container.https.certificate')}
          />
          {data.httpsCertificate !== '' && (
            <SecretField
              path="container.https.password"
              label={text.certificatePassword}
              slot={data.httpsPassword}
              onSlot={(httpsPassword) => change({ httpsPassword })}
            />
          )}
        </div>
      )}
    </section>
  )
}
