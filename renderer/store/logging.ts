import { create } from 'zustand'
import type { Answers } from '../../electron/contract/answers.ts'

export type LoggingData = Answers['logging']

const emptyLogging: LoggingData = { level: 'Warning', stdout: false }

interface LoggingState extends LoggingData {
  change(data: Partial<LoggingData>): void
}

/** What the service writes down. */
export const useLogging = create<LoggingState>((set) => ({
  ...emptyLogging,
  change: (data) => set(data),
}))
