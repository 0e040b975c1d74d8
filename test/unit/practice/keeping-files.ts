import type { Files, WriteOptions } from '../../../electron/machine/machine.ts'

/** Files that only keep what is written; everything a test does not expect to be called throws. */
export interface KeepingFiles extends Files {
  readonly kept: Map<string, Uint8Array>
  readonly access: Map<string, WriteOptions['access']>
}

export function keepingFiles(): KeepingFiles {
  const kept = new Map<string, Uint8Array>()
  const access = new Map<string, WriteOptions['access']>()
  const real = {
    kept,
    access,
    async makeFolder() {
      return undefined
    },
    async write(path: string, bytes: Uint8Array | string, options?: WriteOptions) {
      kept.set(path, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes)
      access.set(path, options?.access)
    },
  }
  return new Proxy(real, {
    get(target, name) {
      if (name in target) return target[name as keyof typeof target]
      throw new Error(`The test did not expect files.${String(name)}`)
    },
  }) as unknown as KeepingFiles
}
