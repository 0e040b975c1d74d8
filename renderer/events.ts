import type { PageEvent } from '../electron/contract/calls.ts'
import { listen } from './bridge.ts'
import { useConnection } from './store/connection.ts'
import { useDatabase } from './store/database.ts'
import { useInstallationCheck } from './store/installation-check.ts'
import { usePrerequisites } from './store/prerequisites.ts'
import { useProof } from './store/proof.ts'
import { useRun } from './store/run.ts'
import { useWorking } from './store/working.ts'

function distribute(event: PageEvent): void {
  switch (event.topic) {
    case 'run':
      return useRun.getState().eventCame(event.event)
    case 'database-layer':
      return useDatabase.getState().layerCame(event.operation, event.layer)
    case 'check':
      for (const store of [usePrerequisites, useProof, useInstallationCheck])
        store.getState().checkCame(event.operation, event.check)
      return
    case 'working':
      return useWorking.getState().textCame(event.operation, event.text)
  }
}

/** Hands each event to the slice it belongs to, and catches up with the run after a lost connection. */
export function subscribe(): () => void {
  const stopListening = listen(distribute)
  const stopWatching = useConnection.subscribe((now, before) => {
    if (before.gone && !now.gone && useRun.getState().view !== undefined) void useRun.getState().look()
  })
  return () => {
    stopListening()
    stopWatching()
  }
}
