import { lookAtToken } from '../../../windows/token.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const rightsCheck: Check<Pick<PrerequisiteSubject, 'machine'>> = {
  id: 'windows.rights',
  title: 'Administrator rights',
  why: 'IIS, the machine’s certificates and access lists are an administrator’s to change.',

  async look({ machine }) {
    const { elevated, administrator, user } = await lookAtToken(machine)
    const evidence = [{ label: 'User', value: user }]
    if (elevated) return { status: 'passed', summary: 'This program has administrator rights.', evidence }
    if (administrator)
      return { status: 'passed', summary: 'Windows will ask for consent at Install.', evidence }
    return {
      status: 'warning',
      summary: 'This user is no administrator of this server.',
      evidence,
      cause: 'At Install, Windows asks for the name and password of one.',
      remedy: { text: 'Have an administrator at hand, or sign in as one.' },
    }
  },
}
