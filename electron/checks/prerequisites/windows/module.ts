import { lookAtModule } from '../../../iis/module.ts'
import type { Check } from '../../check.ts'
import { bundleFix } from './bundle-fix.ts'
import type { PrerequisiteSubject } from '../subject.ts'

const words = {
  missing: {
    summary: 'The ASP.NET Core module is not installed.',
    cause: 'It comes with the ASP.NET Core Hosting Bundle.',
  },
  'before-iis': {
    summary: 'The Hosting Bundle was installed before IIS, so IIS does not know its module.',
    cause: 'Its installer leaves the module out when there is no IIS, and says nothing about it.',
  },
  broken: {
    summary: 'The ASP.NET Core module is registered, and files of it are missing.',
    cause: 'An update or a removal of the Hosting Bundle was not carried through.',
  },
} as const

export const moduleCheck: Check<PrerequisiteSubject> = {
  id: 'iis.module',
  title: 'ASP.NET Core module',
  why: 'Without it IIS answers 500.19 to every request for the service.',

  async look({ machine, source }) {
    const { state, version, evidence } = await lookAtModule(machine)
    const shown = evidence.map((value) => ({ label: 'Found', value }))
    if (state === 'ready')
      return {
        status: 'passed',
        summary: version === undefined ? 'The module is ready.' : `Module ${version} is ready.`,
        evidence: shown,
      }
    if (state === 'unknown')
      return {
        status: 'passed',
        summary:
          `Module ${version ?? ''} is installed; whether IIS lists it is looked at by an administrator.`.replace(
            '  ',
            ' ',
          ),
        evidence: shown,
      }
    return {
      status: 'failed',
      ...words[state],
      evidence: shown,
      remedy: {
        text:
          state === 'missing'
            ? `Install the ASP.NET Core Hosting Bundle ${majorOf(source.runtime?.version)}.`
            : 'Repair the ASP.NET Core Hosting Bundle, then restart IIS.',
      },
      fix: bundleFix(state === 'missing' ? 'Install the Hosting Bundle…' : 'Repair the Hosting Bundle…'),
    }
  },
}

function majorOf(version: string | undefined): string {
  return version === undefined ? 'that the service names' : version.split('.').slice(0, 2).join('.')
}
