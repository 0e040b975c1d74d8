import { create } from 'zustand'
import type { Answers } from '../../electron/contract/answers.ts'

export interface LoggingData {
  readonly level: Answers['logging']['level']
  readonly stdout: boolean
  /** Empty: where the vendor's web.config puts it. */
  readonly stdoutLogFile: string
}

export const emptyLogging: LoggingData = { level: 'Warning', stdout: false, stdoutLogFile: '' }

interface LoggingState extends LoggingData {
  change(data: Partial<LoggingData>): void
}

/** What the service writes down. */
export const useLogging = create<LoggingState>((set) => ({
  ...emptyLogging,
  change: (data) => set(data),
}))
