import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../../electron/practice/postgres.ts'
import { buildIdentityServiceArchive } from '../system/support/archive.ts'
import { docker, engineAnswers, reachableFromContainers } from '../system/support/docker.ts'
import { apply, byScript, clear, newPlace, type DockerSetup } from './support/docker-setup.ts'
import { alternate, figure, leaveOut, median, note, timed } from './support/figures.ts'

const APPLY = 'docker-apply'
const AGAIN = 'second-apply'
const TARGETS = { [APPLY]: 1.3, [AGAIN]: 0.15 }
const ROUNDS = 5

/** Why this machine cannot tell, if it cannot. */
async function whyNot(): Promise<string | undefined> {
  if (process.platform === 'win32') return 'the script to compare with needs a Unix shell'
  if (!(await engineAnswers())) return 'no container engine answers the docker client'
  const images = await docker('images', '--format', '{{.Repository}}:{{.Tag}}')
  if (!/dotnet\/aspnet:10\.0$/m.test(images)) return 'the engine does not hold the aspnet:10.0 image'
  return undefined
}

async function measure(setup: DockerSetup): Promise<void> {
  const again: number[] = []
  const program = async (round: number | string): Promise<number> => {
    const place = await newPlace(setup, `program-${round}`)
    try {
      const first = await timed(() => apply(setup, place))
      again.push(await timed(() => apply(setup, place)))
      return first
    } finally {
      await clear(setup, place)
    }
  }
  const script = async (round: number | string): Promise<number> => {
    const place = await newPlace(setup, `script-${round}`)
    try {
      return await timed(() => byScript(setup, place))
    } finally {
      await clear(setup, place)
    }
  }
  // Once for the caches of the engine and the disk.
  await script('warm')
  await program('warm')
  again.length = 0
  const { product, baseline } = await alternate(ROUNDS, program, script)
  note(APPLY, { program: product, script: baseline, 'second apply': again })
  figure(APPLY, median(product) / median(baseline), TARGETS[APPLY])
  figure(AGAIN, median(again) / median(product), TARGETS[AGAIN])
}

const reason = await whyNot()
if (reason !== undefined) leaveOut([APPLY, AGAIN], reason)
else {
  const folder = await mkdtemp(join(tmpdir(), 'bench-docker-'))
  const archive = await buildIdentityServiceArchive()
  const postgres = await startPostgres({ folder: join(folder, 'postgres'), log: () => {} })
  const bridge = await reachableFromContainers(postgres.port)
  try {
    await measure({ archive, postgres, bridge, folder })
  } finally {
    await bridge.close()
    await postgres.stop()
    await rm(postgres.folder, { recursive: true, force: true })
    await rm(folder, { recursive: true, force: true })
  }
}
