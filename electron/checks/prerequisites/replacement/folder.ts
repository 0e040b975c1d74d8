import { dirname } from 'node:path'
import type { Check } from '../../check.ts'
import type { ReplacementSubject } from './subject.ts'

export const folderCheck: Check<ReplacementSubject> = {
  id: 'replacement.folder',
  title: 'Folder of the certificate',
  why: 'The new certificate, and a copy of the one in use, are written there.',

  async look({ machine, pfx, installation }) {
    const folder = dirname(pfx)
    const evidence = [{ label: 'Folder', value: folder }]
    if ((await machine.files.info(folder))?.kind !== 'folder')
      return {
        status: 'failed',
        summary: 'The folder is not there.',
        evidence,
        cause: 'X509CertificatePath names a file in it.',
        remedy: { text: 'Correct X509CertificatePath in appsettings.json, or make the folder.' },
      }
    if (await machine.files.mayWrite(folder))
      return { status: 'passed', summary: 'Files can be written there.', evidence }
    // Under IIS the plan is carried out by an administrator, whoever looks now.
    return installation.hosting === 'iis'
      ? { status: 'passed', summary: 'An administrator can write there.', evidence }
      : {
          status: 'failed',
          summary: 'This user may not write there.',
          evidence,
          remedy: { text: 'Start the program as a user who may.' },
        }
  },
}
