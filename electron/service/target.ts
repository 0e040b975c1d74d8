import { join } from 'node:path'
import type { Machine } from '../machine/machine.ts'
import { REQUIRED_FILES } from './required-files.ts'

/** What stands at the place the service shall go to. */
export type TargetKind = 'absent' | 'empty' | 'service' | 'foreign' | 'not-a-folder'

/** Looks at a target folder. `service`: it holds the vendor's files; `foreign`: it holds something else. */
export async function lookAtTarget(machine: Machine, target: string): Promise<TargetKind> {
  const info = await machine.files.info(target)
  if (!info) return 'absent'
  if (info.kind !== 'folder') return 'not-a-folder'
  const names = await machine.files.list(target)
  if (names.length === 0) return 'empty'
  for (const name of REQUIRED_FILES)
    if ((await machine.files.info(join(target, name)))?.kind !== 'file') return 'foreign'
  return 'service'
}
