import { inspectContainer } from '../../../docker/container.ts'
import { inspectImage } from '../../../docker/image.ts'
import { CONTEXT_LABEL, SPEC_LABEL } from '../../../docker/labels.ts'
import type { Check } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const namesCheck: Check<PrerequisiteSubject> = {
  id: 'docker.names',
  title: 'Container and image names',
  why: 'What another program made under these names is never replaced.',

  async look({ machine, answers, engine }) {
    const { container } = answers
    if (!container) return { status: 'not-tried', summary: 'It is asked for on the Container page.' }
    if (!engine) return { status: 'not-tried', summary: 'No container engine answers.' }
    const [running, image] = await Promise.all([
      inspectContainer(machine, container.name),
      inspectImage(machine, container.image),
    ])
    const foreign = [
      ...(running && running.labels[SPEC_LABEL] === undefined ? [`the container ${container.name}`] : []),
      ...(image && image.labels[CONTEXT_LABEL] === undefined ? [`the image ${container.image}`] : []),
    ]
    if (foreign.length === 0)
      return { status: 'passed', summary: 'The names are free, or were given by this program.' }
    return {
      status: 'failed',
      summary: `This program did not make ${foreign.join(' and ')}.`,
      remedy: { text: 'Choose other names, or remove what is there if nobody needs it.' },
    }
  },
}
