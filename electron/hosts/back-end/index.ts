import { answerHandlers } from './answers.ts'
import { certificateHandlers } from './certificates.ts'
import { clientHandlers } from './client.ts'
import { databaseHandlers } from './database.ts'
import { fieldHandlers } from './fields.ts'
import { fileHandlers } from './files.ts'
import { handOverHandlers } from './hand-over.ts'
import { lookHandlers } from './look.ts'
import { planHandlers } from './plan.ts'
import { replacementHandlers } from './replacement.ts'
import { runHandlers } from './run.ts'
import { secretHandlers } from './secrets.ts'
import { reportHandlers } from './reports.ts'
import { scriptHandlers } from './script.ts'
import { taskHandlers } from './tasks.ts'
import { websiteHandlers } from './website.ts'
import { WizardState } from './state.ts'
import type { BackEnd, BackEndOptions } from './types.ts'

/** Everything behind a door: the same for the window and the browser. */
export function createBackEnd(options: BackEndOptions): BackEnd {
  const state = new WizardState(options)
  const { redactor } = state.session
  return {
    handlers: {
      ...lookHandlers(state),
      ...fileHandlers(state),
      ...databaseHandlers(state),
      ...fieldHandlers(state),
      ...certificateHandlers(state),
      ...clientHandlers(state),
      ...replacementHandlers(state),
      ...secretHandlers(state),
      ...answerHandlers(state),
      ...websiteHandlers(state),
      ...planHandlers(state),
      ...scriptHandlers(state),
      ...taskHandlers(state),
      ...runHandlers(state),
      ...handOverHandlers(state),
      ...reportHandlers(state),
    },
    onEvent: (listener) => state.onEvent(listener),
    redact: (problem) => redactor.redactData(problem),
    close: () => state.close(),
  }
}
