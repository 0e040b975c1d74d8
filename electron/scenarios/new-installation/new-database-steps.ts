import { planned, type PlannedStep } from '../../setup/step.ts'
import { createDatabaseStep } from '../../steps/create-database.ts'
import type { Facts } from './facts.ts'
import type { Layout } from './layout.ts'

/** Before everything else: the database that the answers ask for, and its login. */
export function newDatabaseSteps(
  { newDatabase, stateFolder }: Facts,
  { target: folder }: Layout,
): PlannedStep[] {
  if (!newDatabase) return []
  const { wanted, password, target, administrator } = newDatabase
  return [
    planned(
      createDatabaseStep,
      { id: 'create-database', title: 'Create the database', group: 'database', weight: 2 },
      { wanted, password, target, administrator, folder, stateFolder },
    ),
  ]
}
