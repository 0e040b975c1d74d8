import { SetupError } from '../../contract/problem.ts'

/** What came over the pipe is nothing that this program would have sent. The other side is not trusted any more. */
export function protocolError(detail: string): SetupError {
  return new SetupError({
    code: 'elevation.protocol',
    what: 'The window and its elevated process did not understand each other.',
    next: 'Close the program and start it again, so that both are of one version.',
    details: [detail],
  })
}

/** Windows said that the program was started elevated, and nothing of it was heard. */
export function noWorker(seconds: number): SetupError {
  return new SetupError({
    code: 'elevation.no-worker',
    what: `The elevated process did not answer within ${seconds} seconds.`,
    cause:
      'A security product or a policy of this server may keep the program from running as administrator.',
    next: 'Try again, or start the program with “Run as administrator”.',
    untouched: 'Nothing was changed.',
  })
}

/** The elevated process is gone. What it was at, if anything, is in its journal. */
export function workerLost(): SetupError {
  return new SetupError({
    code: 'elevation.worker-lost',
    what: 'The elevated process has ended.',
    cause: 'It was ended in the task list, or Windows ended it.',
    next: 'Roll back, or go to the review page and install again: it goes on where this stopped.',
    untouched: 'What was done so far stays; the journal knows how to take it back.',
  })
}

/** What an administrator sees here makes another plan than the one that was approved. */
export function planChanged(): SetupError {
  return new SetupError({
    code: 'elevation.plan-changed',
    what: 'With administrator rights more can be seen, and the plan has changed.',
    next: 'Review the plan again, then install. Windows will not ask a second time.',
    untouched: 'Nothing was changed.',
  })
}

/** One prompt at a time: the installer could not tell them apart. */
export function askedAlready(): SetupError {
  return new SetupError({
    code: 'elevation.asking',
    what: 'Windows is asking for administrator rights already.',
    next: 'Answer its prompt; it may be behind another window, or in the taskbar.',
    untouched: 'Nothing was changed.',
  })
}
