import { dirname, join } from 'node:path'
import { SetupError, type Problem } from '../../contract/problem.ts'
import type { ServiceView, TargetView } from '../../contract/views.ts'
import { compareTarget } from '../../service/compare.ts'
import { describeSource } from '../../service/describe.ts'
import { lookAtCreatio } from './creatio-look.ts'
import type { WizardState } from './state.ts'
import type { Handlers } from './types.ts'

/** The Service files page: archive, target, Creatio’s folder. */
export function fileHandlers(
  state: WizardState,
): Pick<Handlers, 'service.look' | 'target.look' | 'creatio.look'> {
  const { machine } = state
  return {
    'service.look': async ({ source }): Promise<ServiceView> => {
      const found = await describeSource(machine, source)
      const { runtime } = found
      return {
        source,
        kind: found.kind,
        files: found.files,
        bytes: found.unpackedBytes,
        ...(runtime ? { runtime: `${runtime.name} ${runtime.version}` } : {}),
        dockerfile: found.dockerfile !== undefined,
        warnings: found.warnings,
        suggestedTarget: found.kind === 'folder' ? source : join(dirname(source), 'IdentityService'),
      }
    },

    'target.look': async ({ source, target }): Promise<TargetView> => {
      state.looked = { source, target }
      const { state: found, evidence } = await compareTarget(machine, source, target)
      const freeBytes = await machine.files.freeBytes(target)
      const problem = targetProblem(found, target)
      return { state: found, evidence, freeBytes, ...(problem ? { problem } : {}) }
    },

    'creatio.look': ({ folder }) => lookAtCreatio(state, folder),
  }
}

function targetProblem(found: TargetView['state'], file: string): Problem | undefined {
  if (found !== 'foreign' && found !== 'differs') return undefined
  return new SetupError({
    code: `target.${found}`,
    what:
      found === 'foreign'
        ? 'The folder holds files that are not the Identity Service.'
        : 'The folder holds an Identity Service of another build, or one whose files were changed.',
    where: { file, path: 'service.target' },
    next: 'Choose an empty folder or a new name.',
    untouched: 'Nothing was changed.',
  }).problem
}
