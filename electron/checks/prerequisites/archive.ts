import type { Check } from '../check.ts'
import type { PrerequisiteSubject } from './subject.ts'

export const archiveCheck: Check<PrerequisiteSubject> = {
  id: 'files.archive',
  title: 'Service files',
  why: 'Only the vendor’s files can become the service.',

  async look({ source, answers }) {
    const evidence = [
      { label: 'Source', value: source.path },
      { label: 'Files', value: `${source.files}, ${(source.unpackedBytes / 1_048_576).toFixed(1)} MB` },
      ...(source.runtime
        ? [{ label: 'Runtime', value: `${source.runtime.name} ${source.runtime.version}` }]
        : []),
    ]
    if (answers.hosting === 'docker' && !source.dockerfile)
      return {
        status: 'failed',
        summary: 'There is no Dockerfile-OAuth in the archive.',
        evidence,
        cause: 'The service can run in a container since Creatio 8.0.8.',
        remedy: { text: 'Use an archive of Creatio 8.0.8 or later.' },
      }
    const [warning] = source.warnings.filter(({ code }) => code === 'source.shipped-pfx')
    if (warning)
      return {
        status: 'warning',
        summary: warning.what,
        evidence,
        remedy: { text: 'Nothing has to be done: a new one is made.' },
      }
    return { status: 'passed', summary: 'The files are those of the Identity Service.', evidence }
  },
}
