import { dirname } from 'node:path'
import type { Check } from '../../check.ts'
import type { ClientChangeSubject } from './subject.ts'

export const settingsCheck: Check<ClientChangeSubject> = {
  id: 'client-change.settings',
  title: 'Settings of the service',
  why: 'The service makes the new client from them.',

  async look({ machine, settings, installation }) {
    const evidence = [{ label: 'File', value: settings }]
    // Under IIS the plan is carried out by an administrator, whoever looks now.
    if (installation.hosting === 'iis')
      return { status: 'passed', summary: 'An administrator can write them.', evidence }
    return (await machine.files.mayWrite(dirname(settings)))
      ? { status: 'passed', summary: 'They can be written.', evidence }
      : {
          status: 'failed',
          summary: 'This user may not write them.',
          evidence,
          remedy: { text: 'Start the program as a user who may write in that folder.' },
        }
  },
}
