import type { InstallationView } from '../../electron/contract/views.ts'
import { Button } from '../components/button.tsx'
import { ConfirmTask } from '../components/confirm-task.tsx'
import { Icon } from '../components/icon.tsx'
import { TaskState } from '../components/task-state.tsx'
import { messages } from '../messages/index.ts'
import { useMachine } from '../store/machine.ts'
import { rightsFor } from '../store/rights.ts'
import { taskMoves, useTask } from '../store/task.ts'

const text = messages.start.logging

interface InstallationLoggingProps {
  readonly installation: InstallationView
  /** What the installer wants the stdout log to be, and is asked about; undefined when nothing is asked. */
  readonly wanted: boolean | undefined
  readonly onWanted: (stdout: boolean | undefined) => void
}

/** Says that the stdout log is on, and switches it. */
export function InstallationLogging({ installation, wanted, onWanted }: InstallationLoggingProps) {
  const { current, run, rightsGiven } = useTask()
  const machine = useMachine((state) => state.view)
  const { id, practice, stdoutLog } = installation
  const mine = current?.place === id ? current : undefined
  const rights = rightsFor({ elevation: true, practice, machine, given: rightsGiven })
  const change = async (stdout: boolean) => {
    onWanted(undefined)
    await run({
      place: id,
      label: labelOf(stdout),
      task: { task: 'set-logging', installation: id, stdout },
      practice,
      asks: rights === 'asked',
    })
    await useMachine.getState().look()
  }
  return (
    <>
      {stdoutLog === true && !taskMoves(mine) && (
        <div className="installation-note">
          <Icon name="Warning16Filled" className="mark-warning" />
          <p className="grow">{text.isOn}</p>
          <Button size="small" onClick={() => onWanted(false)}>
            {text.off}
          </Button>
        </div>
      )}
      {mine && (
        <div className="installation-note">
          <TaskState run={mine} />
        </div>
      )}
      {wanted !== undefined && (
        <ConfirmTask
          label={labelOf(wanted)}
          disturbs={wanted ? text.disturbsOn : text.disturbsOff}
          rights={rights}
          onYes={() => void change(wanted)}
          onNo={() => onWanted(undefined)}
        />
      )}
    </>
  )
}

const labelOf = (stdout: boolean): string => (stdout ? text.on : text.off)

/** What the card's menu offers: the other way round, and both ways where only an administrator knows. */
export function loggingChoices({ hosting, stdoutLog }: InstallationView): boolean[] {
  if (hosting !== 'iis') return []
  return stdoutLog === undefined ? [true, false] : [!stdoutLog]
}

export const loggingItem = (
  stdout: boolean,
  onWanted: (stdout: boolean) => void,
): readonly [string, () => void] => [labelOf(stdout), () => onWanted(stdout)]
