import type { Machine } from '../../machine/machine.ts'
import { compareTarget } from '../../service/compare.ts'
import type { Check, Finding } from '../check.ts'
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
      return answers.hosting === 'docker' && (await othersMayEnter(machine, target))
        ? { ...openToOthers(target), evidence: shown }
        : { status: 'passed', summary: 'The service’s files are already there.', evidence: shown }
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

/** Of a folder that this setup makes nobody else may. Windows tells it by access lists, which are not looked at here. */
async function othersMayEnter({ platform, files }: Machine, folder: string): Promise<boolean> {
  const { mode = 0 } = (await files.info(folder)) ?? {}
  return platform !== 'win32' && (mode & 0o001) !== 0
}

function openToOthers(folder: string): Finding {
  return {
    status: 'warning',
    summary: 'The service’s files are already there, and every user of this machine may enter their folder.',
    cause:
      'The PFX has no password, and the container’s user has to be able to read it: only the folder keeps others from the key.',
    remedy: {
      text: 'Take the rights of others away; containers reach the files all the same.',
      command: `chmod o-rwx '${folder.replaceAll("'", String.raw`'\''`)}'`,
    },
  }
}
