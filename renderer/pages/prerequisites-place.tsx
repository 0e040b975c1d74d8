import type { CheckReport } from '../../electron/contract/check.ts'
import { Button } from '../components/button.tsx'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { useHosting } from '../store/hosting.ts'
import { laterPageOf } from '../store/prerequisites.ts'

/** Below a check that did not pass: the way to the page that asks for what it judges. */
export function CheckPlace({ check }: { readonly check: CheckReport }) {
  const hosting = useHosting((state) => state.hosting)
  const page = laterPageOf(check, hosting)
  if (page === undefined || (check.status !== 'failed' && check.status !== 'warning')) return null
  return (
    <p>
      <Button size="small" onClick={() => void goTo(page)}>
        {messages.checks.open(messages.frame.steps[page])}
      </Button>
    </p>
  )
}
