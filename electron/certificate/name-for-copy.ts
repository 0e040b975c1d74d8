import { basename, dirname, extname, join } from 'node:path'
import type { Machine } from '../machine/machine.ts'

/** `openssl.pfx` → `openssl-20261121-193304.pfx` (UTC), beside it; never the name of a file that is there. */
export async function nameForCopy(
  { files, clock }: Pick<Machine, 'files' | 'clock'>,
  path: string,
): Promise<string> {
  const time = clock.now().toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')
  const [start, ending] = aroundTime(path)
  const stem = join(dirname(path), `${start}${time}`)
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${stem}${ending}` : `${stem}-${number}${ending}`
    if (!(await files.info(name))) return name
  }
}

/** How the names of a file's copies begin and end: `openssl-` and `.pfx`. */
export function aroundTime(path: string): readonly [start: string, ending: string] {
  const ending = extname(path)
  return [`${basename(path, ending)}-`, ending]
}
