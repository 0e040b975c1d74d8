import { dirname } from 'node:path'
import type { Check } from '../../check.ts'
import type { ReplacementSubject } from './subject.ts'

export const folderCheck: Check<ReplacementSubject> = {
  id: 'replacement.folder',
  title: 'Folder of the certificate',
  why: 'The new certificate is written there and, where it takes the place of the one in use, a copy of that one.',

  async look({ machine, pfx, moved, elevated }) {
    const folder = dirname(pfx)
    const evidence = [{ label: 'Folder', value: folder }]
    const isThere = (await machine.files.info(folder)) !== undefined
    if (!isThere && !moved)
      return {
        status: 'failed',
        summary: 'The folder is not there.',
        evidence,
        cause: 'X509CertificatePath names a file in it.',
        remedy: { text: 'Correct X509CertificatePath in appsettings.json, or make the folder.' },
      }
    if (await machine.files.mayWrite(folder))
      return {
        status: 'passed',
        summary: isThere ? 'Files can be written there.' : 'It can be made.',
        evidence,
      }
    return elevated
      ? {
          status: 'failed',
          summary: 'This user may not write there.',
          evidence,
          remedy: { text: 'Start the program as a user who may, or give this one the right.' },
        }
      : {
          status: 'not-tried',
          summary: 'Only an administrator can tell whether files can be written there.',
          evidence,
        }
  },
}
