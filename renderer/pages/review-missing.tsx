import type { Problem } from '../../electron/contract/problem.ts'
import { Button } from '../components/button.tsx'
import { Scroll } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { focusField } from '../focus-field.ts'
import { messages } from '../messages/index.ts'
import { goTo } from '../navigate.ts'
import { stepName, useCourse } from '../store/course.ts'
import { pageOfPath } from '../store/steps.ts'

const text = messages.review

/** The way to the page says where; the path in an answer file is for those who wrote one. */
function withoutPath(problem: Problem): Problem {
  const { path, ...where } = problem.where ?? {}
  return path === undefined ? problem : { ...problem, where }
}

/** Why there is no plan: each problem with a way to the page that asks for it. */
export function ReviewMissing({ problems }: { readonly problems: readonly Problem[] }) {
  const course = useCourse()
  return (
    <Scroll label={text.missingTitle}>
      {problems.map((problem, index) => {
        const path = problem.where?.path
        const page = path === undefined ? undefined : pageOfPath(course, path)
        const open = async () => {
          if (page === undefined) return
          await goTo(page)
          // The page is drawn by then; its field may only appear for another choice, which is fine.
          requestAnimationFrame(() => focusField(path ?? ''))
        }
        return (
          <ProblemCard
            key={index}
            problem={page === undefined ? problem : withoutPath(problem)}
            action={
              page && (
                <p>
                  <Button size="small" onClick={() => void open()}>
                    {text.open(stepName(course.scenario, page))}
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
