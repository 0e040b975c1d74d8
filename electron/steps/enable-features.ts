import { SetupError } from '../contract/problem.ts'
import type { Step } from '../setup/step.ts'
import {
  disableFeatures,
  enableCommand,
  enableFeatures,
  missingFeatures,
  type Feature,
} from '../windows/features.ts'

export interface FeaturesInput {
  readonly features: readonly Feature[]
}

interface FeaturesUndo {
  /** Names as DISM knows them, such as `IIS-WebServer`. */
  readonly enabled: readonly string[]
}

/** Turns on features of Windows; those that are on already stay as they are. */
export const enableWindowsFeatures: Step<FeaturesInput, FeaturesUndo> = {
  kind: 'enable-features',

  async inspect({ features }, { machine }) {
    const missing = namesOf(await missingFeatures(machine, features))
    if (missing.length === 0) return { state: 'as-wanted', evidence: ['All features are on.'] }
    return {
      state: missing.length === features.length ? 'absent' : 'differs',
      evidence: [`Off: ${missing.join(', ')}.`],
    }
  },

  preview({ features }) {
    return {
      detail: features.length === 1 ? '1 feature' : `${features.length} features`,
      commands: [enableCommand(namesOf(features))],
      notes: ['Windows takes a few minutes for this. The server is not restarted.'],
    }
  },

  async apply({ features }, context) {
    const { machine } = context
    const missing = namesOf(await missingFeatures(machine, features))
    await context.willUndo({ enabled: missing })
    const { restartNeeded, changed } = await enableFeatures(machine, missing, { onLine: context.log })
    // Those that the wanted ones need came along.
    const others = changed.filter((name) => !missing.includes(name))
    if (others.length > 0) await context.willUndo({ enabled: others })
    return restartNeeded
      ? 'The features are on; Windows asks for a restart before they can be used.'
      : 'The features are on.'
  },

  async verify({ features }, { machine }) {
    const missing = namesOf(await missingFeatures(machine, features))
    if (missing.length === 0) return 'read back, all on'
    throw new SetupError({
      code: 'windows.features-off',
      what: `Windows has not turned on ${missing.join(', ')}.`,
      next: 'Restart the server if Windows asks for it; otherwise read %windir%\\Logs\\DISM\\dism.log.',
    })
  },

  async undo({ enabled }, { machine }) {
    if (enabled.length > 0) await disableFeatures(machine, enabled)
    return 'The features are off again.'
  },
}

function namesOf(features: readonly Feature[]): string[] {
  return features.map(({ name }) => name)
}
