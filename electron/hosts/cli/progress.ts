import { stepsOf } from './plan.ts'
import type { RunEvent, RunOutcome, StepProgress } from '../../contract/run.ts'
import { duration } from '../../report/page.ts'
import { problemText, type Output } from './output.ts'

const ends: Readonly<Record<RunOutcome, string>> = {
  done: 'Done',
  'as-wanted': 'Everything is as wanted; nothing was changed',
  failed: 'Failed; what was done is left as it is',
  stopped: 'Stopped; the same command goes on from here',
  undone: 'Taken back; everything is as it was',
  'undo-failed': 'Taken back, except for what is named above',
}

/**
 * Prints a run's events as lines that read well in a terminal and in a log file.
 * @param takesBack whether a failure is taken back at once; then nothing is left as it is
 */
export function progressPrinter(output: Output, takesBack = false): (event: RunEvent) => void {
  return (event) => {
    switch (event.type) {
      case 'run-started':
        return output.line(`${event.title}: ${stepsOf(event.steps.length)}`)
      case 'step':
        return stepLine(event.step, output)
      case 'log':
        return output.line(`    ${event.text}`)
      case 'failure': {
        output.error(problemText(event.failure.problem))
        const remedy = event.failure.diagnosis?.remedy
        for (const copy of [remedy?.command, remedy?.sql]) if (copy !== undefined) output.error(`  ${copy}`)
        return
      }
      case 'run-finished':
        return output.line(
          `${event.outcome === 'failed' && takesBack ? 'Failed' : ends[event.outcome]} (${duration(event.ms)}).`,
        )
      case 'check':
        return output.check(event.check)
      case 'progress':
        return
    }
  }
}

function stepLine({ title, state, ms, summary }: StepProgress, output: Output): void {
  const time = ms === undefined ? '' : ` (${duration(ms)})`
  const words: Partial<Record<StepProgress['state'], string>> = {
    running: `▸ ${title}`,
    done: `✔ ${title}${time}`,
    'as-wanted': `✔ ${title}: as wanted. ${summary ?? ''}`,
    failed: `✖ ${title}`,
    undone: `↩ ${title}: taken back`,
    'undo-failed': `✖ ${title}: not taken back`,
  }
  const line = words[state]
  if (line !== undefined) output.line(line.trimEnd())
}
