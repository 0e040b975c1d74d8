import {
  enableCommand,
  missingFeatures,
  REDIRECT_FEATURE,
  REQUIRED_FEATURES,
} from '../../../windows/features.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const featuresCheck: Check<PrerequisiteSubject> = {
  id: 'iis.features',
  title: 'IIS',
  why: 'The service runs in IIS, and is set up with its scripting tools.',

  async look({ machine, answers }) {
    const redirect = answers.website?.http?.redirect === true
    const needed = redirect ? [...REQUIRED_FEATURES, REDIRECT_FEATURE] : REQUIRED_FEATURES
    const missing = (await missingFeatures(machine, needed)).map(({ name }) => name)
    if (missing.length === 0) return { status: 'passed', summary: 'IIS and its features are on.' }
    return {
      status: 'failed',
      summary:
        missing.length === 1 ? 'A feature of IIS is off.' : `${missing.length} features of IIS are off.`,
      evidence: [{ label: 'Off', value: missing.join('\n') }],
      remedy: { text: 'Enable them.', command: enableCommand(missing) },
      fix: {
        task: 'enable-iis-features',
        label: 'Enable IIS features',
        command: enableCommand(missing),
        elevation: true,
        disturbs: 'Websites that run go on running. Windows takes a few minutes.',
        needsFile: false,
      },
    }
  },
}
