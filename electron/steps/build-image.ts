import { join } from 'node:path'
import { SetupError } from '../contract/problem.ts'
import { readContext, type BuildContext } from '../docker/build-context.ts'
import { usableEngine, type Engine } from '../docker/engine.ts'
import {
  buildImage,
  compareImage,
  imageHistory,
  inspectImage,
  removeImage,
  tagImage,
} from '../docker/image.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step } from '../setup/step.ts'

export interface ImageInput {
  /** The service's folder. */
  readonly folder: string
  /** The Dockerfile's name in it. */
  readonly dockerfile: string
  readonly tag: string
  /** Stands in the image in place of the folder's appsettings.json, which holds secrets. */
  readonly settings: Uint8Array
  /** The engine as the plan knows it; looked at anew where it does not. */
  readonly engine?: Engine
}

interface ImageUndo {
  readonly tag: string
  /** What the tag stood for before. */
  readonly previous?: string
}

/** The image, built from the archive's own Dockerfile-OAuth. Nothing secret goes into its layers. */
export const buildServiceImage: Step<ImageInput, ImageUndo> = {
  kind: 'build-image',

  async inspect(input, { machine }) {
    if (!(await machine.files.info(join(input.folder, input.dockerfile))))
      return { state: 'absent', evidence: ['The Dockerfile comes with the archive.'] }
    const [image, wanted] = await Promise.all([inspectImage(machine, input.tag), context(machine, input)])
    const state = compareImage(image, wanted)
    const evidence = {
      absent: 'There is no such image yet.',
      'as-wanted': `${input.tag} was built from these files.`,
      differs: `${input.tag} was built from other files.`,
      foreign: `There is an image ${input.tag} that this program did not build.`,
    }
    return { state, evidence: [evidence[state]] }
  },

  preview({ tag, dockerfile }) {
    return {
      detail: tag.split(':').at(-1) ?? tag,
      commands: [`docker build -t ${tag} -f ${dockerfile} -`],
      notes: [
        'The files are sent on standard input. The signing certificate is left out, and appsettings.json goes in without clients and connection strings.',
      ],
    }
  },

  async apply(input, step) {
    const { machine } = step
    const [engine, previous, content] = await Promise.all([
      input.engine ?? usableEngine(machine),
      inspectImage(machine, input.tag),
      context(machine, input),
    ])
    await step.willUndo({ tag: input.tag, ...(previous ? { previous: previous.id } : {}) })
    let lines = 0
    await buildImage(machine, {
      ...input,
      context: content,
      engine,
      onLine(printed) {
        // Progress is printed over itself; the last is what stands there in the end.
        const line = printed.split('\r').findLast((part) => part.trim() !== '') ?? ''
        step.log(line)
        // Nobody knows how many lines there will be; each moves the bar a little less.
        step.progress(1 - 1 / (1 + ++lines / 10), line)
      },
    })
    return `${input.tag} is built.`
  },

  async verify(input, { machine }) {
    const [image, wanted] = await Promise.all([inspectImage(machine, input.tag), context(machine, input)])
    if (compareImage(image, wanted) === 'as-wanted')
      return `id ${image!.id.slice(0, 12)}, ${(await imageHistory(machine, input.tag)).length} layers`
    throw new SetupError({
      code: 'docker.image-not-built',
      what: `The image ${input.tag} is not the one that was built.`,
      next: 'Try this step again.',
    })
  },

  async undo({ tag, previous }, { machine }) {
    if (previous === undefined) await removeImage(machine, tag)
    else await tagImage(machine, previous, tag)
    return previous === undefined ? `${tag} is removed.` : `${tag} stands for the former image again.`
  },
}

function context(machine: Machine, { folder, dockerfile, settings }: ImageInput): Promise<BuildContext> {
  return readContext(machine, {
    folder,
    dockerfile,
    replace: { 'appsettings.json': settings },
    // The certificate of the address is mounted, so a new one needs no new image.
    leaveOut: (path) => path.startsWith('https/'),
  })
}
