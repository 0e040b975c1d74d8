import type { Reply } from '../electron/contract/calls.ts'
import type { Problem } from '../electron/contract/problem.ts'
import { messages } from './messages/index.ts'

export type SaveOutcome = { readonly said: string } | { readonly problem: Problem } | undefined

type SaveCall = 'answers.save' | 'report.save' | 'logs.save' | 'script.save'

/** What became of a file that was to be saved: a sentence, a problem, or undefined when the dialog was closed. */
export function finishSaving(reply: Reply<SaveCall>): SaveOutcome {
  if (!reply.ok) return { problem: reply.problem }
  const saved = reply.value
  switch (saved.kind) {
    case 'cancelled':
      return undefined
    case 'saved':
      return { said: messages.common.savedTo(saved.path) }
    case 'download':
      download(saved.name, saved.mime, saved.base64)
      return { said: messages.common.downloaded(saved.name) }
  }
}

function download(name: string, mime: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type: mime }))
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
