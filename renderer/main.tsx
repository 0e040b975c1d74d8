import type { RunView } from '../electron/contract/run.ts'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { subscribe } from './events.ts'
import { isMoving } from './store/run-events.ts'
import { bringStart, loadRest } from './pages/registry.ts'
import Start from './pages/start.tsx'
import { useMachine } from './store/machine.ts'
import { adoptRun } from './store/course.ts'
import { useRun } from './store/run.ts'
import { goTo } from './navigate.ts'

async function start(): Promise<void> {
  subscribe()
  bringStart(Start)
  createRoot(document.getElementById('root')!).render(<App />)
  void useMachine.getState().lookAtHost()
  void useMachine.getState().look()
  requestIdleCallback(() => void loadRest())
  await returnToRun()
}

/** Ends of a run after which the installer has to choose what comes next. */
const undecided = new Set<RunView['status']>(['failed', 'stopped', 'undo-failed'])

/** A run goes on, or waits for a decision, while its page is reloaded or opened anew: show it first. */
async function returnToRun(): Promise<void> {
  await useRun.getState().look()
  const { view } = useRun.getState()
  if (view === undefined || !(isMoving(view) || undecided.has(view.status))) return
  adoptRun(view)
  await goTo('install')
}

void start()
