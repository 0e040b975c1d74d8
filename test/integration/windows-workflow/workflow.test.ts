import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { REPOSITORY } from './scripts.ts'

const SCRIPTS = 'build/windows'
/** Scripts are started by these and nothing else, so that nothing stands in the workflow that is tried nowhere. */
const RUN = /^node build\/windows\/([\w-]+\.ts)((?: --[\w-]+ [\w./$:{} -]*?)*)$/

let workflow: string
let runs: readonly string[]

beforeAll(async () => {
  workflow = await readFile(join(REPOSITORY, '.github/workflows/windows.yml'), 'utf8')
  runs = [...workflow.matchAll(/^\s+(?:- )?run: (.*)$/gm)].map(([, command]) => command!)
})

const scriptText = (name: string) => readFile(join(REPOSITORY, SCRIPTS, name), 'utf8')

/** Names of the options in a command or in the head of a script. */
const optionsIn = (text: string) => [...text.matchAll(/--([\w-]+)/g)].map(([, name]) => name!)

test('each step starts one script, with what the script asks for', async () => {
  expect(runs.length).toBeGreaterThan(15)
  for (const run of runs.filter((each) => each !== 'npm ci')) {
    const [, name] = RUN.exec(run) ?? []
    expect(name, run).toBeDefined()
    const [head = ''] = /^(?:\/\/.*\n)+/.exec(await scriptText(name!)) ?? []
    expect(head, name).toContain(`node ${SCRIPTS}/${name}`)
    const needed = optionsIn(head.replaceAll(/\[[^\]]*\]/g, ''))
    expect(optionsIn(run), run).toEqual(expect.arrayContaining(needed))
    expect(optionsIn(head), run).toEqual(expect.arrayContaining(optionsIn(run)))
  }
})

test('no script that can be started is forgotten', async () => {
  const names = await readdir(join(REPOSITORY, SCRIPTS))
  const heads = await Promise.all(names.map(async (name) => [name, await scriptText(name)] as const))
  const started = heads.filter(([, text]) => text.startsWith('// node ')).map(([name]) => name)
  for (const name of started) expect(runs.join('\n'), name).toContain(`${SCRIPTS}/${name} `)
})

test('it may read the repository and nothing else, and uses actions by their major version', () => {
  expect(workflow).toMatch(/^permissions:\n {2}contents: read\n\n/m)
  expect(workflow.match(/permissions:/g)).toHaveLength(1)
  expect(workflow).toMatch(/^concurrency:\n {2}group: .+\n {2}cancel-in-progress: true\n/m)
  expect(workflow).not.toContain('secrets.')
  const used = [...workflow.matchAll(/uses: (\S+)/g)].map(([, action]) => action!)
  expect(used.length).toBeGreaterThan(0)
  for (const action of used) expect(action).toMatch(/^actions\/[\w-]+@v\d+$/)
  const checkouts = workflow.match(/uses: actions\/checkout@v4\n {8}with:\n {10}persist-credentials: false/g)
  expect(checkouts).toHaveLength(used.filter((action) => action.startsWith('actions/checkout@')).length)
})

test('what a run leaves is kept, also when it failed, and every job comes to an end', () => {
  const jobs = workflow
    .slice(workflow.indexOf('\njobs:\n'))
    .split(/^ {2}(?=[\w-]+:$)/m)
    .slice(1)
  expect(jobs).toHaveLength(2)
  for (const job of jobs) {
    expect(job).toMatch(/^ {4}timeout-minutes: \d+$/m)
    expect(job).toMatch(
      /- uses: actions\/upload-artifact@v4\n {8}if: always\(\)\n(?: {8}.*\n)(?: {10}.*\n)*? {10}path: \.cache\/windows\/artifacts\n/,
    )
  }
  for (const os of ['windows-2022', 'windows-2025']) expect(workflow).toContain(`os: ${os}`)
})

test('it is indented by pairs of blanks, with no tab and no blank at an end', () => {
  for (const line of workflow.split('\n')) {
    expect(line).not.toMatch(/\t|\s$/)
    expect(/^ */.exec(line)![0].length % 2, line).toBe(0)
  }
})
