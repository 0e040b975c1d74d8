import type { Task } from '../../contract/tasks.ts'
import type { Plan } from '../../setup/plan.ts'
import { planned } from '../../setup/step.ts'
import { enableWindowsFeatures } from '../../steps/enable-features.ts'
import { installHostingBundle } from '../../steps/install-hosting-bundle.ts'
import { lookAtBundle, refuseBundle } from '../../windows/bundle.ts'
import { missingFeatures, REDIRECT_FEATURE, REQUIRED_FEATURES } from '../../windows/features.ts'
import { lookAtToken } from '../../windows/token.ts'
import { planLogging } from './logging.ts'
import type { TaskAbout, TaskSources } from './task.ts'

/**
 * A small setup as a plan. Looks at the machine, read only.
 * @throws SetupError with what keeps it from being planned: `windows.not-here`, `windows.bundle-*`, `installation.unknown`
 */
export async function planTask(task: Task, sources: TaskSources): Promise<Plan> {
  const { machine, practice } = sources
  const { elevated } = await lookAtToken(machine)
  const about: TaskAbout = { practice, elevation: elevated ? 'present' : 'asked' }
  switch (task.task) {
    case 'enable-iis-features': {
      const features = await missingFeatures(machine, [...REQUIRED_FEATURES, REDIRECT_FEATURE])
      return {
        ...about,
        title: 'Enable IIS features',
        steps: [
          planned(
            enableWindowsFeatures,
            { id: 'enable-features', title: 'Enable IIS features', group: 'windows' },
            { features },
          ),
        ],
        warnings: [],
        untouched: ['Features that are on already, and every website.'],
      }
    }
    case 'install-hosting-bundle': {
      const bundle = await lookAtBundle(machine, task.file)
      refuseBundle(bundle)
      const version = runtimeVersion(bundle.version)
      return {
        ...about,
        title: 'Install the ASP.NET Core Hosting Bundle',
        steps: [
          planned(
            installHostingBundle,
            { id: 'install-bundle', title: 'Install the ASP.NET Core Hosting Bundle', group: 'windows' },
            { file: task.file, version },
          ),
        ],
        warnings: [],
        untouched: ['Other versions of .NET.'],
      }
    }
    case 'check-installation':
      return {
        ...about,
        title: 'Check an installation',
        steps: [],
        warnings: [],
        untouched: ['Everything: a check only looks.'],
      }
    case 'set-logging':
      return planLogging(task, about, sources)
  }
}

/** The file of a bundle counts its builds in a fourth number, which the runtime in it has not: `8.0.22.25577`. */
function runtimeVersion(version: string): string {
  return version.split('.').slice(0, 3).join('.')
}
