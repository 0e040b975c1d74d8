import { describe, expect, it } from 'vitest'
import type * as z from 'zod/mini'
import type { CheckReport } from '../../../electron/contract/check.ts'
import type { PlanView } from '../../../electron/contract/plan.ts'
import type { Problem } from '../../../electron/contract/problem.ts'
import type { RunEvent, RunView } from '../../../electron/contract/run.ts'
import * as schemas from '../../../electron/hosts/worker/schemas.ts'
import { readWorkerMessage } from '../../../electron/hosts/worker/messages.ts'
import type { WrittenFile } from '../../../electron/setup/step.ts'
import { MISUNDERSTOOD, planView } from './samples.ts'

type Mutable<T> = T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T

/** Compiles only when the schema takes everything that the type has; the other way round the product says so. */
function takes<T, Schema extends z.ZodMiniType>(
  schema: Mutable<T> extends z.output<Schema> ? Schema : never,
): Schema {
  return schema
}

describe('schemas of what a worker tells', () => {
  it('take all that the contract has', () => {
    expect([
      takes<PlanView, typeof schemas.planView>(schemas.planView),
      takes<RunView, typeof schemas.runView>(schemas.runView),
      takes<RunEvent, typeof schemas.runEvent>(schemas.runEvent),
      takes<Problem, typeof schemas.problem>(schemas.problem),
      takes<CheckReport, typeof schemas.checkReport>(schemas.checkReport),
      takes<WrittenFile, typeof schemas.writtenFile>(schemas.writtenFile),
    ]).toHaveLength(6)
  })

  it('give a plan back as it was', () => {
    const message = { type: 'prepared', view: planView(), digest: 'a'.repeat(64), asApproved: true }
    expect(readWorkerMessage(JSON.parse(JSON.stringify(message)))).toEqual(message)
  })

  it.each([
    [{ type: 'prepared', view: { ...planView(), html: '<b>' }, digest: 'a'.repeat(64), asApproved: true }],
    [{ type: 'problems', problems: [] }],
    [{ type: 'finished', outcome: 'perhaps' }],
    [{ type: 'event', event: { type: 'log', at: '', step: '', text: '', level: 'loud' } }],
    [{ type: 'hello', secret: '' }],
    [[]],
  ])('refuse %j', (message) => {
    expect(() => readWorkerMessage(message)).toThrow(MISUNDERSTOOD)
  })
})
