import { lookAtIis } from '../../../iis/iis.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const servicesCheck: Check<PrerequisiteSubject> = {
  id: 'iis.services',
  title: 'Services of IIS',
  why: 'Pools and websites can be started only while WAS and W3SVC run.',

  async look({ machine }) {
    const { installed, services } = await lookAtIis(machine)
    if (!installed) return { status: 'not-tried', summary: 'IIS is not installed yet.' }
    const evidence = [
      { label: 'W3SVC', value: services.w3svc ?? 'not there' },
      { label: 'WAS', value: services.was ?? 'not there' },
    ]
    if (services.w3svc === 'running' && services.was === 'running')
      return { status: 'passed', summary: 'WAS and W3SVC run.', evidence }
    return {
      status: 'failed',
      summary: 'IIS is stopped.',
      evidence,
      remedy: { text: 'Start it.', command: 'net start w3svc' },
    }
  },
}
