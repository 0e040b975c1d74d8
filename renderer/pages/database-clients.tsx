import { Fragment, useState } from 'react'
import type { ClientRowView } from '../../electron/contract/database.ts'
import { Icon, type IconName } from '../components/icon.tsx'
import { messages } from '../messages/index.ts'

const text = messages.database.contents

/** The clients of a database, one a row; the scopes of one open below it. */
export function DatabaseClients({ clients }: { readonly clients: readonly ClientRowView[] }) {
  const [open, setOpen] = useState<number | undefined>()
  return (
    <div className="clients">
      <table>
        <thead>
          <tr>
            <th scope="col">{text.client}</th>
            <th scope="col">{text.grants}</th>
            <th scope="col">{text.scopes}</th>
            <th scope="col">{text.secret}</th>
          </tr>
        </thead>
        <tbody>
          {clients.map((client) => (
            <Fragment key={client.key}>
              <tr>
                <th scope="row">
                  <span className="mono">{client.id}</span>
                  <span className="secondary">
                    {client.name}
                    {!client.enabled && ` (${text.disabled})`}
                  </span>
                </th>
                <td className="secondary">{client.grantTypes.map(shortGrant).join(', ')}</td>
                <td>
                  <button
                    type="button"
                    className="count"
                    aria-expanded={open === client.key}
                    aria-label={text.scopesOf(client.id, client.scopes.length)}
                    onClick={() => setOpen(open === client.key ? undefined : client.key)}
                  >
                    {client.scopes.length}
                    <Icon
                      name={open === client.key ? 'ChevronDown16Regular' : 'ChevronRight16Regular'}
                      className="chevron"
                    />
                  </button>
                </td>
                <td>
                  <SecretState secret={client.secret} />
                </td>
              </tr>
              {open === client.key && (
                <tr className="client-scopes">
                  <td colSpan={4} className="mono">
                    {client.scopes.join(' ')}
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The last part of a name that is an address says what it is. */
const shortGrant = (grant: string): string => grant.split(':').at(-1) ?? grant

const marks: Readonly<Partial<Record<ClientRowView['secret'], readonly [IconName, string]>>> = {
  matches: ['CheckmarkCircle16Filled', 'mark-passed'],
  differs: ['DismissCircle16Filled', 'mark-failed'],
}

function SecretState({ secret }: Pick<ClientRowView, 'secret'>) {
  const mark = marks[secret]
  return (
    <span className="secret-state">
      {mark && <Icon name={mark[0]} className={mark[1]} size={14} />}
      {text.secrets[secret]}
    </span>
  )
}
