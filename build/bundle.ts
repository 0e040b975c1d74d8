import { rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { bundles } from './bundles.ts'

/** Builds the program into `out/`, or only the bundles named as arguments: `desktop`, `scripts`, `preload`, `renderer`. */
const named = process.argv.slice(2)
if (named.length === 0)
  await rm(fileURLToPath(new URL('../out', import.meta.url)), { recursive: true, force: true })
for (const [name, config] of Object.entries(bundles)) {
  if (named.length > 0 && !named.includes(name)) continue
  await build({ ...config, configFile: false, logLevel: 'warn' })
}
