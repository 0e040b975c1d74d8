import { compareTarget } from '../../service/compare.ts'
import type { Check } from '../check.ts'
import type { PrerequisiteSubject } from './subject.ts'

export const targetCheck: Check<PrerequisiteSubject> = {
  id: 'files.target',
  title: 'Target folder',
  why: 'The service goes into a folder of its own; nothing of others is overwritten.',

  async look({ machine, answers, source }) {
    const { target } = answers.service
    const { state, evidence } = await compareTarget(machine, source.path, target)
    const shown = [
      { label: 'Folder', value: target },
      ...evidence.map((value) => ({ label: 'Found', value })),
    ]
    if (state === 'same')
      return { status: 'passed', summary: 'The service’s files are already there.', evidence: shown }
    if (state === 'foreign' || state === 'differs')
      return {
        status: 'failed',
        summary:
          state === 'foreign'
            ? 'The folder holds files that are not the Identity Service.'
            : 'The folder holds an Identity Service of another build, or one whose files were changed.',
        evidence: shown,
        remedy: { text: 'Choose an empty folder or a new name.' },
      }
    if (!(await machine.files.mayWrite(target)))
      return {
        status: 'failed',
        summary: 'This user may not create the folder.',
        evidence: shown,
        remedy: { text: 'Choose another folder, or start the program as a user who may write there.' },
      }
    return { status: 'passed', summary: 'The folder can be created.', evidence: shown }
  },
}
