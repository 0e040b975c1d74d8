// npm run cli -- …: the command line from its sources. Input, output and exit code are the command's own.
import { buildIfStale } from './build.mjs'
import { ensure } from './ensure.mjs'
import { childEnv, projectNode, root, run } from './project.mjs'
import { join } from 'node:path'

const args = process.argv.slice(2)
await ensure()
// Only the browser door needs something built: the pages.
if (args[0] === 'serve') await buildIfStale()
const cwd = process.env.INIT_CWD ?? process.cwd()
const { code } = await run(projectNode(), [join(root, 'electron/hosts/cli.ts'), ...args], {
  cwd,
  env: childEnv(),
})
process.exitCode = code
