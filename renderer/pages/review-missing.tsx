import type { Problem } from '../../electron/contract/problem.ts'
import { Button } from '../components/button.tsx'
import { Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { focusField } from '../focus-field.ts'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { pageOfPath } from '../store/faults.ts'
import { useHosting } from '../store/hosting.ts'

const text = messages.review

/** Why there is no plan: each problem with a way to the page that asks for it. */
export function ReviewMissing({ problems }: { readonly problems: readonly Problem[] }) {
  const hosting = useHosting((state) => state.hosting)
  return (
    <Scroll label={text.missingTitle}>
      {problems.map((problem, index) => {
        const path = problem.where?.path
        const page = path === undefined ? undefined : pageOfPath(path, hosting)
        const open = async () => {
          if (page === undefined) return
          await goTo(page)
          // The page is drawn by then; its field may only appear for another choice, which is fine.
          requestAnimationFrame(() => focusField(path ?? ''))
        }
        return (
          <ProblemCard
            key={index}
            problem={problem}
            action={
              page && (
                <p>
                  <Button size="small" onClick={() => void open()}>
                    {text.open(messages.frame.steps[page])}
                  </Button>
                </p>
              )
            }
          />
        )
      })}
    </Scroll>
  )
}
