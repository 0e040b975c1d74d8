import { lookAtSystem } from '../../../windows/system.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

/** Windows Server 2016; .NET 8 supports nothing older (.NET 8 supported OS versions). */
const OLDEST_BUILD = 14393

export const versionCheck: Check<PrerequisiteSubject> = {
  id: 'windows.version',
  title: 'Windows',
  why: '.NET 8 and its module for IIS run on Windows Server 2016 and later.',

  async look({ machine }) {
    const { product, build, revision, server, bits } = await lookAtSystem(machine)
    const evidence = [
      { label: 'Edition', value: product },
      { label: 'Build', value: `${build}.${revision}` },
    ]
    if (build < OLDEST_BUILD || bits !== 64)
      return {
        status: 'failed',
        summary: bits === 64 ? `${product} is too old.` : 'This is a 32-bit Windows.',
        evidence,
        remedy: { text: 'Use a 64-bit Windows Server 2016 or later.' },
      }
    if (!server)
      return {
        status: 'warning',
        summary: `${product} is made for workstations.`,
        evidence,
        cause: 'Its IIS serves few callers at a time, and is meant for development.',
        remedy: { text: 'Use Windows Server for anything but development.' },
      }
    return { status: 'passed', summary: product, evidence }
  },
}
