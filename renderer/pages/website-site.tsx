import { SelectField } from '../components/fields.tsx'
import { SecretField } from '../components/secret-field.tsx'
import { warningFor } from '../field-notes.ts'
import { messages } from '../messages/index.ts'
import { iisNameFault, managedUserFault } from '../rules.ts'
import { useFaults } from '../store/faults.ts'
import { useWebsite } from '../store/website.ts'
import { askAboutWebsite } from './website-faults.ts'
import { WebsiteField } from './website-field.tsx'
import { WebsiteSummary } from './website-summary.tsx'

const text = messages.website

/** Names of the site and its pool, and the account of the pool, with what comes of it beside. */
export function WebsiteSite() {
  return (
    <div className="two">
      <div className="form">
        <WebsiteField path="website.site" of="site" label={text.site} required check={iisNameFault} />
        <WebsiteField
          path="website.pool"
          of="pool"
          label={text.pool}
          hint={text.poolHint}
          required
          check={iisNameFault}
        />
        <Account />
      </div>
      <WebsiteSummary />
    </div>
  )
}

function Account() {
  const { account, password, notes, change } = useWebsite()
  return (
    <>
      <SelectField
        path="website.identity"
        label={text.account}
        hint={text.accountHints[account]}
        value={account}
        options={[
          ['ApplicationPoolIdentity', text.accounts.ApplicationPoolIdentity],
          ['SpecificUser', text.accounts.SpecificUser],
          ['gMSA', text.accounts.gMSA],
        ]}
        onValue={(value) => {
          // Both kinds of named accounts have one place in the answers: what was wrong with one says nothing of the other.
          useFaults.getState().set('website.identity.user', undefined)
          change({ account: value })
          void askAboutWebsite()
        }}
        {...warningFor(notes, 'website.identity')}
      />
      {account === 'SpecificUser' && (
        <>
          <WebsiteField
            path="website.identity.user"
            of="user"
            label={text.user}
            hint={text.userHint}
            mono
            required
          />
          <SecretField
            path="website.identity.password"
            label={text.password}
            hint={text.passwordHint}
            slot={password}
            onSlot={(slot) => {
              change({ password: slot })
              void askAboutWebsite()
            }}
            {...warningFor(notes, 'website.identity.password')}
          />
        </>
      )}
      {account === 'gMSA' && (
        <WebsiteField
          path="website.identity.user"
          of="managedUser"
          label={text.managedUser}
          hint={text.managedUserHint}
          mono
          required
          check={managedUserFault}
        />
      )}
    </>
  )
}
