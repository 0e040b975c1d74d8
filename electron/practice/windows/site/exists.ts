import { access } from 'node:fs/promises'

/** Whether anything stands at a path of the simulated drive. */
export function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
