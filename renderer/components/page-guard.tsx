import { Component, type ReactNode } from 'react'
import type { Problem } from '../../electron/contract/problem.ts'
import { messages } from '../messages/index.ts'
import { Button } from './button.tsx'
import { ProblemCard } from './problem-card.tsx'

interface PageGuardProps {
  readonly children: ReactNode
}

interface PageGuardState {
  readonly problem: Problem | undefined
}

/** Keeps the window when a page fails to draw: what was typed is in the slices and still there. */
export class PageGuard extends Component<PageGuardProps, PageGuardState> {
  override state: PageGuardState = { problem: undefined }

  static getDerivedStateFromError(thrown: unknown): PageGuardState {
    const words = thrown instanceof Error ? thrown.message : String(thrown)
    return { problem: { code: 'page.broken', ...messages.frame.broken, details: [words] } }
  }

  override render(): ReactNode {
    const { problem } = this.state
    if (problem === undefined) return this.props.children
    return (
      <div className="page">
        <h1>{messages.frame.brokenTitle}</h1>
        <ProblemCard
          problem={problem}
          action={
            <p>
              <Button onClick={() => this.setState({ problem: undefined })}>
                {messages.frame.drawAgain}
              </Button>
            </p>
          }
        />
      </div>
    )
  }
}
