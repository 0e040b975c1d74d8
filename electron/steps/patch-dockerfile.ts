import { addEnvironment } from '../docker/dockerfile-environment.ts'
import { HIDDEN, Secret } from '../secrets/secret.ts'
import { patchStep, type PatchInput } from './patch-file.ts'

type Variables = Readonly<Record<string, string | Secret>>

export interface DockerfileInput extends PatchInput {
  readonly environment: Variables
}

/** ENV lines in Dockerfile-OAuth: the vendor's second way to pass settings. */
export const patchDockerfile = patchStep<DockerfileInput>({
  kind: 'patch-dockerfile',
  patch: (bytes, { environment }) => withVariables(bytes, environment),
  shown: (bytes, { environment }) => withVariables(bytes, masked(environment)),
  text: (bytes) => Buffer.from(bytes).toString('utf8'),
  values: 'variables',
  notes: [
    'Everybody who has the image can read these values, the client secret and the password among them.',
  ],
})

function withVariables(bytes: Uint8Array, variables: Variables): Uint8Array {
  return Buffer.from(addEnvironment(Buffer.from(bytes).toString('utf8'), variables))
}

function masked(variables: Variables): Variables {
  const shown = Object.entries(variables).map(([name, value]) => [
    name,
    value instanceof Secret ? HIDDEN : value,
  ])
  return Object.fromEntries(shown) as Variables
}
