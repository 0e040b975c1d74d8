import { inspectContainer } from '../../../docker/container.ts'
import { SPEC_LABEL } from '../../../docker/labels.ts'
import { lookAtPort } from '../../../docker/ports.ts'
import type { Machine } from '../../../machine/machine.ts'
import type { Check, Finding } from '../../check.ts'
import type { PrerequisiteSubject } from '../subject.ts'

export const portsCheck: Check<PrerequisiteSubject> = {
  id: 'network.ports',
  title: 'Ports',
  why: 'A port can be listened on by one program only.',

  async look(subject) {
    const { container } = subject.answers
    const wanted = [container?.httpPort, container?.https?.port]
    const ports = wanted.filter((port) => port !== undefined)
    if (ports.length === 0) return { status: 'not-applicable', summary: 'No port is named.' }
    const looks = await Promise.all(ports.map(async (port) => ({ port, held: await holder(subject, port) })))
    const taken = looks.filter(({ held }) => held !== undefined)
    if (taken.length === 0)
      return {
        status: 'passed',
        summary: `${ports.join(' and ')} can be used.`,
        evidence: [],
      } satisfies Finding
    return {
      status: 'failed',
      summary: taken.map(({ port, held }) => `Port ${port} is used by ${held}.`).join(' '),
      remedy: { text: 'Choose another port, or stop what uses this one.' },
    }
  },
}

/** Whether this installation's container listens there itself: on the host's own network it publishes nothing. */
async function listensItself(machine: Machine, name: string, port: number): Promise<boolean> {
  const container = await inspectContainer(machine, name)
  if (container?.network !== 'host' || container.state !== 'running') return false
  const urls = container.environment['ASPNETCORE_URLS']?.split(';') ?? []
  return container.labels[SPEC_LABEL] !== undefined && urls.some((url) => url.endsWith(`:${port}`))
}

/** Who holds a port, or undefined when it is free or already this installation's. */
async function holder(subject: PrerequisiteSubject, port: number): Promise<string | undefined> {
  const { machine, answers, engine } = subject
  if (!engine) return (await machine.network.portFree(port)) ? undefined : 'another program'
  const own = answers.container?.name ?? ''
  const { free, container } = await lookAtPort(machine, port)
  if (free || container === own || (await listensItself(machine, own, port))) return undefined
  return container === undefined ? 'another program' : `the container ${container}`
}
