import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { docker } from './docker.ts'

/** Files below a folder, other than those left out, that hold one of the texts. */
export async function filesHolding(
  folder: string,
  texts: readonly string[],
  leftOut: readonly string[] = [],
): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((each) => each.isFile())) {
    const file = join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    if (!leftOut.includes(file) && texts.some((text) => bytes.includes(text))) found.push(file)
  }
  return found
}

/** Everything that somebody gets who is given the image: its description, its history and its layers. */
export async function imageContents(tag: string, folder: string): Promise<Buffer> {
  const file = join(folder, 'image.tar')
  const described = await docker('image', 'inspect', tag)
  const history = await docker('history', '--no-trunc', tag)
  await docker('save', '-o', file, tag)
  const layers = await readFile(file)
  await rm(file)
  return Buffer.concat([Buffer.from(described), Buffer.from(history), layers])
}
