import { CheckField, SelectField } from '../components/fields.tsx'
import { warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { hostNameFault, portFault } from '../rules.ts'
import { useFaults } from '../store/faults.ts'
import { currentDraft } from '../store/slices.ts'
import { useWebsite, type WebsiteData } from '../store/website.ts'
import { WebsiteCertificate } from './website-certificate.tsx'
import { askAboutWebsite } from './website-faults.ts'
import { WebsiteField } from './website-field.tsx'
import { WebsitePlain } from './website-plain.tsx'

const text = messages.website

/** Which certificates fit depends on the name, so they are looked at again. */
async function nameLeft(path: string): Promise<void> {
  await useWebsite.getState().look(currentDraft())
  await askAboutWebsite(path)
}

/** Ports, name, HTTPS and firewall; the certificate beside. */
export function WebsiteAccess() {
  const { https, http, sni, firewall, notes, view, change } = useWebsite()
  const changeAndAsk = (data: Partial<WebsiteData>) => {
    change(data)
    void askAboutWebsite()
  }
  return (
    <div className="halves">
      <div className="form">
        <SelectField
          path="website.https"
          label={text.protocol}
          value={https ? 'https' : 'http'}
          options={[
            ['https', text.protocols.https],
            ['http', text.protocols.http],
          ]}
          onValue={(protocol) => {
            useFaults.getState().set('website.development', undefined)
            changeAndAsk(
              protocol === 'https' ? { https: true, http: 'none' } : { https: false, http: 'keep' },
            )
          }}
          {...warningFor(notes, 'website.https')}
        />
        <div className="evenly">
          {https && (
            <>
              <Port path="website.https.port" of="httpsPort" label={text.httpsPort} />
              <SelectField
                path="website.http"
                label={text.http}
                value={http}
                options={[
                  ['none', text.https.none],
                  ['redirect', text.https.redirect],
                  ['keep', text.https.keep],
                ]}
                onValue={(value) => changeAndAsk({ http: value })}
                {...warningFor(notes, 'website.http')}
              />
            </>
          )}
          {http !== 'none' && (
            <Port
              path="website.http.port"
              of="httpPort"
              label={text.httpPort}
              className={https ? 'second' : ''}
            />
          )}
        </div>
        <WebsiteField
          path="website.hostName"
          of="hostName"
          label={text.hostName}
          hint={text.hostNameHint}
          mono
          check={hostNameFault}
          offer={view?.suggestion.hostName}
          onLeave={nameLeft}
        />
        {https && (
          <CheckField
            path="website.https.sni"
            label={text.sni}
            checked={sni}
            onChecked={(checked) => changeAndAsk({ sni: checked })}
          />
        )}
        <WebsiteField
          path="publicUrl"
          of="publicUrl"
          label={text.publicUrl}
          hint={text.publicUrlHint}
          mono
          onLeave={nameLeft}
        />
        <CheckField
          path="website.firewall"
          label={text.firewall}
          checked={firewall}
          onChecked={(checked) => changeAndAsk({ firewall: checked })}
        />
      </div>
      {https ? <WebsiteCertificate /> : <WebsitePlain />}
    </div>
  )
}

interface PortProps {
  readonly path: string
  readonly of: 'httpPort' | 'httpsPort'
  readonly label: string
  readonly className?: string
}

const Port = (props: PortProps) => <WebsiteField {...props} required inputMode="numeric" check={portFault} />
