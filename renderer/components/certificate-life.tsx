import type { ReactNode } from 'react'
import { longDate } from '../format.ts'
import { messages } from '../messages/index.ts'

const text = messages.certificate.look

/** Days before its end from which a certificate is a warning. */
export const reminderDays = 30
const day = 86_400_000

interface CertificateLifeProps {
  /** ISO 8601. */
  readonly end: string
  /** Whole days until then; negative once it has ended. */
  readonly daysLeft: number
  /** Said in place of "Ends on". */
  readonly label?: string
  readonly children?: ReactNode
}

/** How long a certificate still holds: the day it ends, and the time in which to replace it at the end of a bar. */
export function CertificateLife({ end, daysLeft, label, children }: CertificateLifeProps) {
  const calm = daysLeft > reminderDays
  const share = calm ? Math.max(4, 100 - (reminderDays * 100) / daysLeft) : 0
  return (
    <div className="life">
      <div className="life-top">
        <div className="life-head">
          <span className="caption-text">{label ?? (daysLeft < 0 ? text.ended : text.ends)}</span>
          <b>{longDate(end)}</b>
        </div>
        {children}
      </div>
      {daysLeft >= 0 && (
        <>
          <div className="bar" aria-hidden="true">
            <i style={{ width: `${share}%` }} />
          </div>
          <div className="life-foot">
            <span>{text.today}</span>
            {calm && (
              <span>
                {text.reminder(longDate(new Date(Date.parse(end) - reminderDays * day).toISOString()))}
              </span>
            )}
          </div>
        </>
      )}
    </div>
  )
}
