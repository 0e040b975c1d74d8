import { reminderDays } from './components/certificate-life.tsx'

/** How urgent it is to replace a certificate. */
export const daysTone = (daysLeft: number): 'passed' | 'warning' | 'failed' =>
  daysLeft < 0 ? 'failed' : daysLeft <= reminderDays ? 'warning' : 'passed'
