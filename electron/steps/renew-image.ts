import { Readable } from 'node:stream'
import { pack } from 'tar-stream'
import { SetupError } from '../contract/problem.ts'
import type { BuildContext } from '../docker/build-context.ts'
import { usableEngine } from '../docker/engine.ts'
import { buildImage, compareImage, inspectImage, tagImage } from '../docker/image.ts'
import type { Machine } from '../machine/machine.ts'
import type { Step } from '../setup/step.ts'
import { sha256 } from './replace-file.ts'
import { noSigningFile } from './signing-file.ts'

export interface RenewInput {
  /** Tag of the image that the service's container was made of. */
  readonly image: string
  /** The PFX on this machine. */
  readonly pfx: string
  /** Its path in the image. */
  readonly target: string
}

interface RenewUndo {
  readonly image: string
  /** Id of what the tag stood for before. */
  readonly previous: string
}

/**
 * A new image for a service whose image holds the certificate: everything of the former one, with the new file on top.
 * What else has changed in the service's folder since that image was built does not come along.
 */
export const renewImage: Step<RenewInput, RenewUndo> = {
  kind: 'renew-image',

  async inspect(input, { machine }) {
    const [image, context] = await Promise.all([
      inspectImage(machine, input.image),
      contextOf(machine, input),
    ])
    if (!image) throw noImage(input)
    return compareImage(image, context) === 'as-wanted'
      ? { state: 'as-wanted', evidence: [`${input.image} holds this certificate.`] }
      : { state: 'differs', evidence: [`${input.image} holds another certificate.`] }
  },

  preview({ image, target }) {
    return {
      detail: image,
      commands: [`docker build -t ${image} -f Dockerfile -`],
      notes: [
        `FROM the image as it is, COPY the new certificate to ${target}. The former certificate stays in a layer below.`,
        'Whoever has the image can read the certificate’s private key. Mount the file instead where you can.',
      ],
    }
  },

  async apply(input, step) {
    const { machine, signal } = step
    const [engine, previous, context] = await Promise.all([
      usableEngine(machine),
      inspectImage(machine, input.image),
      contextOf(machine, input),
    ])
    if (!previous) throw noImage(input)
    await step.willUndo({ image: input.image, previous: previous.id })
    await buildImage(machine, {
      tag: input.image,
      dockerfile: 'Dockerfile',
      context,
      engine,
      signal,
      onLine: (line) => step.log(line),
    })
    return `${input.image} is built anew, with the new certificate.`
  },

  async verify(input, { machine }) {
    const [image, context] = await Promise.all([
      inspectImage(machine, input.image),
      contextOf(machine, input),
    ])
    if (compareImage(image, context) === 'as-wanted') return `id ${image!.id.slice(0, 12)}`
    throw new SetupError({
      code: 'docker.image-not-built',
      what: `The image ${input.image} is not the one that was built.`,
      next: 'Try this step again.',
    })
  },

  async undo({ image, previous }, { machine }) {
    if ((await inspectImage(machine, previous)) === undefined) throw formerImageGone(image, previous)
    await tagImage(machine, previous, image)
    return `${image} stands for the former image again.`
  },
}

/** Two files: what is copied, and the two lines that say so. The same certificate gives the same hash. */
async function contextOf(machine: Machine, { image, pfx, target }: RenewInput): Promise<BuildContext> {
  const bytes = await machine.files.read(pfx)
  if (!bytes) throw noSigningFile(pfx)
  const dockerfile = `FROM ${image}\nCOPY ${JSON.stringify(['openssl.pfx', target])}\n`
  return {
    hash: sha256(Buffer.concat([Buffer.from(`${target}\0`), bytes])),
    paths: ['Dockerfile', 'openssl.pfx'],
    tar: () => {
      const tar = pack()
      const mtime = new Date(0)
      tar.entry({ name: 'Dockerfile', mode: 0o644, mtime }, dockerfile)
      tar.entry({ name: 'openssl.pfx', mode: 0o644, mtime }, Buffer.from(bytes))
      tar.finalize()
      return Readable.from(tar, { objectMode: false })
    },
  }
}

/** An image without a tag is what “docker image prune” removes. */
function formerImageGone(image: string, previous: string): SetupError {
  return new SetupError({
    code: 'docker.former-image-gone',
    what: `The former image of ${image} is no longer on this machine.`,
    cause: `It had the id ${previous.slice(0, 12)}; somebody has removed it.`,
    next: 'Build the image from the folder of the service as the vendor’s manual says, then start the container from it.',
    untouched: `${image} stands for the image with the new certificate.`,
  })
}

function noImage({ image }: RenewInput): SetupError {
  return new SetupError({
    code: 'docker.image-missing',
    what: `There is no image ${image} on this machine.`,
    next: 'Build it as the vendor’s manual says, start the container from it, then try again.',
    untouched: 'Nothing was changed.',
  })
}
