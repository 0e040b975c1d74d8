import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { FaultText, describedBy } from '../components/fault-text.tsx'
import { useFaults } from '../store/faults.ts'

/** The way back to what is usual here; left out: it is chosen. */
export type WayBack = { readonly label: string; readonly act: () => void } | undefined

interface GrantedCardProps {
  /** Of the list as a whole: where its fault is, and the focus goes to. */
  readonly path: 'client.scopes' | 'client.grantTypes'
  readonly text: { readonly label: string; readonly lead: string }
  readonly back: WayBack
  /** What stands before the list. */
  readonly above?: ReactNode
  /** Its items. */
  readonly children: ReactNode
  /** What is to be said of it. */
  readonly below?: ReactNode
}

/** A list of what a client may do or have, each item with what it is for. */
export function GrantedCard({ path, text, back, above, children, below }: GrantedCardProps) {
  const fault = useFaults((state) => state.texts[path])
  return (
    <section className="card" aria-labelledby={path}>
      <h2 id={path} tabIndex={-1} className="visually-hidden" {...describedBy(path, fault)}>
        {text.label}
      </h2>
      <div className="card-h granted-lead">
        <p className="secondary grow">{text.lead}</p>
        {back && (
          <Button size="small" onClick={back.act}>
            {back.label}
          </Button>
        )}
      </div>
      {above}
      {fault !== undefined && <FaultText path={path} text={fault} />}
      <ul className="granted">{children}</ul>
      {below}
    </section>
  )
}
