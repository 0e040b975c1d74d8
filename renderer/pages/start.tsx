import { useEffect, useRef, useState } from 'react'
import type { SetupAnswers } from '../../electron/contract/answers.ts'
import type { Problem } from '../../electron/contract/problem.ts'
import { ask } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Page } from '../components/page.tsx'
import { ProblemCard } from '../components/problem-card.tsx'
import { messages } from '../messages/index.ts'
import { beginClientChange, beginInstallation, beginReplacement, beginWith } from '../begin.ts'
import { newOperation } from '../pending.ts'
import { useMachine } from '../store/machine.ts'
import { FileCertificate } from './start-certificate.tsx'
import { InstallationCard } from './start-installation.tsx'
import { InterruptedCard } from './start-interrupted.tsx'
import { Tasks } from './start-tasks.tsx'

const text = messages.start

/** What is here, and what to do: the first page acts at once. */
export default function Start() {
  const { view, problem: machineProblem, host } = useMachine()
  const [problem, setProblem] = useState<Problem | undefined>()
  const [practice, setPractice] = useState<string | undefined>()
  const [looking, setLooking] = useState(false)
  const fileInput = useRef<HTMLInputElement>(null)
  const here = useRef(false)
  useEffect(() => {
    here.current = true
    return () => void (here.current = false)
  }, [])

  /** Whoever has begun something else in the meantime stays there, with what is typed. */
  const beginIfHere = async (answers: SetupAnswers) => {
    if (here.current) await beginWith(answers)
  }
  const beginPractice = async () => {
    const operation = newOperation('practice')
    setPractice(operation)
    setProblem(undefined)
    const reply = await ask('practice.start', { operation })
    setPractice(undefined)
    if (reply.ok) await beginIfHere(reply.value)
    else setProblem(reply.problem)
  }
  const open = async (input: { path?: string; content?: string }) => {
    const reply = await ask('answers.open', input)
    if (!reply.ok) setProblem(reply.problem)
    else if (reply.value !== null) await beginIfHere(reply.value)
  }
  const openAnswers = () => (host.dialogs ? void open({}) : fileInput.current?.click())

  const installations = view?.installations ?? []
  const interrupted = view?.interrupted ?? []
  return (
    <Page
      id="start"
      title={text.title}
      lead={view === undefined ? text.leadLooking : text.lead(installations.length, interrupted.length)}
      footer={
        <>
          <div className="footer-note">
            <Button appearance="subtle" icon="FolderOpen20Regular" onClick={openAnswers}>
              {text.openAnswers}
            </Button>
            <input
              ref={fileInput}
              type="file"
              hidden
              accept=".json,application/json"
              onChange={(event) => {
                const file = event.target.files?.[0]
                event.target.value = ''
                if (file) void file.text().then((content) => open({ content }))
              }}
            />
          </div>
          {host.host === 'desktop' && (
            <Button onClick={() => void ask('window.close', {})}>{text.close}</Button>
          )}
        </>
      }
    >
      <div className="start">
        {problem && <ProblemCard problem={problem} />}
        {machineProblem && <ProblemCard problem={machineProblem} />}
        {interrupted.map((setup, index) => (
          <InterruptedCard
            key={setup.id}
            setup={setup}
            first={index === 0}
            onResume={beginIfHere}
            onProblem={setProblem}
          />
        ))}
        {installations.map((installation) => (
          <InstallationCard key={installation.id} installation={installation} />
        ))}
        <Tasks
          hasInstallation={installations.length > 0}
          practiceOperation={practice}
          onNew={() => void beginInstallation()}
          onPractice={() => void beginPractice()}
          onReplace={() => void beginReplacement()}
          onChangeClient={() => void beginClientChange()}
          onLook={() => setLooking(true)}
        />
        {looking && <FileCertificate onClose={() => setLooking(false)} />}
      </div>
    </Page>
  )
}
