import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { problemOf, type Problem } from '../../../electron/contract/problem.ts'

/** A folder that is removed after the test. */
export async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'service-files-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export async function fileIn(folder: string, name: string, bytes: Uint8Array | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return path
}

/** All paths below a folder, folders with a `/` behind them. */
export async function everythingIn(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true })
  const marked = names.map(async (name) =>
    (await stat(join(folder, name))).isDirectory() ? `${name}/` : name,
  )
  return (await Promise.all(marked)).toSorted()
}

/** The problem a promise is rejected with; fails when it is not. */
export async function problemFrom(promise: Promise<unknown>): Promise<Problem> {
  try {
    await promise
  } catch (error) {
    return problemOf(error)
  }
  throw new Error('It was not refused.')
}
