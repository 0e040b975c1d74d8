import { driveKind } from '../../../windows/system.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

const words = {
  unc: 'a network share',
  mapped: 'a mapped network drive',
  subst: 'a drive letter made by subst',
}

export const driveCheck: Check<PrerequisiteSubject> = {
  id: 'windows.drive',
  title: 'Disk of the service',
  why: 'Mapped drives exist for one logon only, and the account of the application pool has none of them.',

  async look({ machine, answers }) {
    const { target } = answers.service
    const kind = await driveKind(machine, target)
    const evidence = [{ label: 'Folder', value: target }]
    if (kind === 'local') return { status: 'passed', summary: 'The folder is on a local disk.', evidence }
    return {
      status: 'failed',
      summary: `The folder is on ${words[kind]}.`,
      evidence,
      remedy: { text: 'Choose a folder on a local NTFS disk, such as below Creatio’s own folder.' },
    }
  },
}
