import { rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { bundles } from './bundles.ts'

/** Builds the program into `out/`: first beside it, so that a program that is started meanwhile finds a whole one. */
const out = fileURLToPath(new URL('../out', import.meta.url))
const fresh = fileURLToPath(new URL(`../.cache/build-${process.pid}`, import.meta.url))
try {
  for (const config of bundles(fresh)) await build({ ...config, configFile: false, logLevel: 'warn' })
  await rm(out, { recursive: true, force: true })
  await rename(fresh, out)
} finally {
  await rm(fresh, { recursive: true, force: true })
}
