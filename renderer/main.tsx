import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { subscribe } from './events.ts'
import { isMoving } from './store/run-events.ts'
import { loadPage, loadRest } from './pages/registry.ts'
import { useMachine } from './store/machine.ts'
import { useRun } from './store/run.ts'
import { goTo } from './navigate.ts'

async function start(): Promise<void> {
  subscribe()
  void useMachine.getState().lookAtHost()
  void useMachine.getState().look()
  await loadPage('start')
  createRoot(document.getElementById('root')!).render(<App />)
  requestIdleCallback(() => void loadRest())
  await returnToRun()
}

/** A run goes on while its page is reloaded or opened anew: show it instead of the first page. */
async function returnToRun(): Promise<void> {
  await useRun.getState().look()
  const { view } = useRun.getState()
  if (view !== undefined && isMoving(view)) await goTo('install')
}

void start()
