import type { IconName } from '../components/icon.tsx'
import { TaskButton } from '../components/task-button.tsx'
import { Working } from '../components/working.tsx'
import { messages } from '../messages/index.ts'

const text = messages.start

interface TasksProps {
  readonly hasInstallation: boolean
  /** The practice run that is being prepared. */
  readonly practiceOperation: string | undefined
  readonly onNew: () => void
  readonly onPractice: () => void
  readonly onReplace: () => void
  readonly onChangeClient: () => void
  readonly onLook: () => void
}

type TaskId = keyof typeof text.tasks

const tasks: readonly (readonly [id: TaskId, icon: IconName])[] = [
  ['install', 'Add20Regular'],
  ['connect', 'PlugConnected20Regular'],
  ['certificate', 'Certificate20Regular'],
  ['client', 'PersonKey20Regular'],
  ['update', 'ArrowUpload20Regular'],
  ['check', 'Stethoscope20Regular'],
  ['look', 'Eye20Regular'],
]

/** What can be done, as command links. What cannot be done now stays visible and says why. */
export function Tasks({
  hasInstallation,
  practiceOperation,
  onNew,
  onPractice,
  onReplace,
  onChangeClient,
  onLook,
}: TasksProps) {
  const why = (id: TaskId): string | undefined => {
    if (id === 'check') return hasInstallation ? undefined : text.needsInstallation
    return id in acts ? undefined : text.later
  }
  const acts: Partial<Record<TaskId, () => void>> = {
    install: onNew,
    certificate: onReplace,
    client: onChangeClient,
    check: () => document.querySelector<HTMLElement>('.installation button')?.focus(),
    look: onLook,
  }
  return (
    <>
      <h2 className="section-title">{text.tasksTitle}</h2>
      <ul className="tasks">
        {tasks.map(([id, icon]) => (
          <li key={id}>
            <TaskButton
              icon={icon}
              title={text.tasks[id].title}
              text={why(id) ?? text.tasks[id].text}
              off={why(id) !== undefined}
              onClick={() => acts[id]?.()}
            />
          </li>
        ))}
        <li>
          <TaskButton
            className="practice"
            icon="Beaker20Regular"
            title={text.practice.title}
            text={text.practice.text}
            off={practiceOperation !== undefined}
            onClick={onPractice}
          />
        </li>
      </ul>
      {practiceOperation !== undefined && (
        <Working text={text.practice.starting} operation={practiceOperation} />
      )}
    </>
  )
}
