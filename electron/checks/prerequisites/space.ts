import type { Check } from '../check.ts'
import type { PrerequisiteSubject } from './subject.ts'

/** Room for logs and backups beside the files themselves. */
const SPARE_BYTES = 64 * 1024 * 1024

export const spaceCheck: Check<PrerequisiteSubject> = {
  id: 'files.space',
  title: 'Free space',
  why: 'The archive is unpacked beside its target before it takes its place.',

  async look({ machine, answers, source }) {
    const free = await machine.files.freeBytes(answers.service.target)
    const needed = source.unpackedBytes + SPARE_BYTES
    const evidence = [
      { label: 'Free', value: megabytes(free) },
      { label: 'Needed', value: megabytes(needed) },
    ]
    if (free >= needed) return { status: 'passed', summary: `${megabytes(free)} are free.`, evidence }
    return {
      status: 'failed',
      summary: `${megabytes(free)} are free; ${megabytes(needed)} are needed.`,
      evidence,
      remedy: { text: 'Free some space, or choose a folder on another volume.' },
    }
  },
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_048_576).toLocaleString('en')} MB`
}
