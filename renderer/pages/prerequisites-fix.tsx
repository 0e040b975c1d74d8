import { useState } from 'react'
import type { CheckReport, Fix } from '../../electron/contract/check.ts'
import type { Task } from '../../electron/contract/tasks.ts'
import { Button } from '../components/button.tsx'
import { Code } from '../components/code.tsx'
import { ConfirmTask } from '../components/confirm-task.tsx'
import { TaskState } from '../components/task-state.tsx'
import { focusField } from '../focus-field.ts'
import { messages } from '../messages/index.ts'
import { settled } from '../pending.ts'
import { bundleMayRun, useBundle } from '../store/bundle.ts'
import { useFaults } from '../store/faults.ts'
import { useHosting } from '../store/hosting.ts'
import { useMachine } from '../store/machine.ts'
import { usePrerequisites } from '../store/prerequisites.ts'
import { rightsFor } from '../store/rights.ts'
import { currentDraft } from '../store/slices.ts'
import { taskDone, taskMoves, useTask } from '../store/task.ts'
import { BundleChoice, bundlePath } from './prerequisites-bundle.tsx'

const text = messages.tasks

/** Below a check: what this program can do about it, and what it did. */
export function CheckFix({ check }: { readonly check: CheckReport }) {
  const current = useTask((state) => state.current)
  const mine = current?.place === check.id ? current : undefined
  const offered = mine === undefined || !(taskMoves(mine) || taskDone(mine))
  if (mine === undefined && check.fix === undefined) return null
  return (
    <div className="fix">
      {mine && <TaskState run={mine} />}
      {check.fix && offered && <FixForm check={check} fix={check.fix} />}
    </div>
  )
}

function FixForm({ check, fix }: { readonly check: CheckReport; readonly fix: Fix }) {
  const [asking, setAsking] = useState(false)
  const { current, run, rightsGiven } = useTask()
  const practice = useHosting((state) => state.practice)
  const machine = useMachine((state) => state.view)
  const bundle = useBundle()
  const rights = rightsFor({ elevation: fix.elevation, practice, machine, given: rightsGiven })
  const command = commandOf(fix, bundle.view?.file)
  const path = bundlePath(check.id)

  const begin = async () => {
    if (taskMoves(current)) return useFaults.getState().press([{ path, text: text.busy(current!.label) }])
    if (fix.needsFile) {
      await bundle.look(currentDraft())
      await settled()
      if (!bundleMayRun(useBundle.getState())) return sayWhatIsMissing(path)
    }
    if (fix.disturbs === undefined) await go()
    else setAsking(true)
  }
  const go = async () => {
    setAsking(false)
    const task: Task =
      fix.task === 'enable-iis-features' ? { task: fix.task } : { task: fix.task, file: bundle.file.trim() }
    const label = labelOf(fix)
    await run({ place: check.id, label, task, practice, asks: rights === 'asked' })
    await usePrerequisites.getState().runAgain(currentDraft())
    await useMachine.getState().look()
  }

  return (
    <>
      {fix.needsFile && <BundleChoice check={check.id} />}
      {command !== check.remedy?.command && <Code text={command} what={text.command} />}
      <div className="fix-act">
        <Button
          {...(rights === 'asked' ? { icon: 'Shield20Regular' as const } : {})}
          onClick={() => void begin()}
        >
          {fix.label}
        </Button>
        <p>{[fix.disturbs, text.rights[rights]].filter(Boolean).join(' ')}</p>
      </div>
      {asking && fix.disturbs !== undefined && (
        <ConfirmTask
          label={labelOf(fix)}
          disturbs={fix.disturbs}
          command={command}
          rights={rights}
          onYes={() => void go()}
          onNo={() => setAsking(false)}
        />
      )}
    </>
  )
}

/** The ellipsis stands for the dialog that follows; in the dialog nothing follows any more. */
const labelOf = ({ label }: Fix): string => label.replace(/…$/, '')

/** The command with the file that was chosen in place of the example's name. */
function commandOf({ command, needsFile }: Fix, file: string | undefined): string {
  if (!needsFile || file === undefined) return command
  const quoted = file.includes(' ') ? `"${file}"` : file
  return command.replace(/^\S+/, () => quoted)
}

function sayWhatIsMissing(path: string): void {
  const { view, problem } = useBundle.getState()
  const nothing = view === undefined && problem === undefined
  useFaults.getState().set(path, nothing ? text.bundle.choose : text.bundle.notUsable)
  focusField(path)
}
