import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const engineCheck: Check<PrerequisiteSubject> = {
  id: 'docker.engine',
  title: 'Container engine',
  why: 'The image is built and run by Docker, or by Podman in its place.',

  async look({ engineLook = {} }) {
    const { client, engine, problem } = engineLook
    const evidence = [
      ...(client === undefined ? [] : [{ label: 'Client', value: client }]),
      ...(engine
        ? [{ label: 'Engine', value: `${engine.product} ${engine.version}, ${engine.os} containers` }]
        : []),
    ]
    if (problem || !engine)
      return {
        status: 'failed',
        summary: problem?.what ?? 'No container engine answers.',
        evidence,
        ...(problem?.cause === undefined ? {} : { cause: problem.cause }),
        remedy: { text: problem?.next ?? 'Start Docker.' },
      }
    return { status: 'passed', summary: `${engine.product} ${engine.version} answers.`, evidence }
  },
}
