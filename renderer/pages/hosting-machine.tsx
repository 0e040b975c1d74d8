import type { Answers } from '../../electron/contract/answers.ts'
import type { DockerView, MachineView, WindowsView } from '../../electron/contract/views.ts'
import { Caution } from '../components/caution.tsx'
import { Icon } from '../components/icon.tsx'
import { Pairs } from '../components/pairs.tsx'
import { Pill } from '../components/pill.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'

const text = messages.hosting

interface HostingMachineProps {
  readonly hosting: Answers['hosting']
  readonly practice: boolean
  readonly machine: MachineView | undefined
}

/** What this machine has of the chosen hosting. */
export function HostingMachine({ hosting, practice, machine }: HostingMachineProps) {
  if (practice) return <Simulated />
  if (machine === undefined) return <Working text={text.looking} />
  if (hosting === 'docker') return <Docker docker={machine.docker} />
  return machine.windows === undefined ? null : <Iis windows={machine.windows} />
}

function Simulated() {
  return (
    <section className="card" aria-labelledby="here">
      <div className="card-h">
        <Icon name="Beaker20Regular" className="brand" />
        <h2 id="here">{text.practiceTitle}</h2>
      </div>
      <p>{text.practiceText}</p>
    </section>
  )
}

function Iis({ windows }: { readonly windows: WindowsView }) {
  const { iis, elevated, system, pendingRestart } = windows
  return (
    <section className="card" aria-labelledby="here">
      <Head title={text.onThisServer.iis} usable={iis.usable} />
      <Pairs
        wide
        rows={[
          [text.system, system],
          ...(iis.version === undefined ? [] : [[text.version, iis.version] as const]),
          [text.state, iis.summary],
          [text.rights, text.rightsOf[elevated ? 'have' : 'asked']],
        ]}
      />
      {pendingRestart && <Caution text={text.restart} live />}
    </section>
  )
}

function Docker({ docker }: { readonly docker: DockerView }) {
  return (
    <>
      <section className="card" aria-labelledby="here">
        <Head title={text.onThisServer.docker} usable={docker.usable} />
        <Pairs
          wide
          rows={[
            ...(docker.version === undefined ? [] : [[text.version, docker.version] as const]),
            [text.state, docker.summary],
          ]}
        />
      </section>
      {docker.problem && <ProblemCard problem={docker.problem} tone="warning" />}
    </>
  )
}

function Head({ title, usable }: { readonly title: string; readonly usable: boolean }) {
  return (
    <div className="card-h">
      <h2 id="here">{title}</h2>
      <Pill tone={usable ? 'passed' : 'warning'}>{text.marks[usable ? 'ready' : 'attention']}</Pill>
    </div>
  )
}
