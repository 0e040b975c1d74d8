import * as z from 'zod/mini'

/** Schemas of what a worker tells of plans and runs; the types are those of the contract. */

const text = z.string()
const texts = z.array(text)

export const problem = z.strictObject({
  code: text,
  what: text,
  where: z.exactOptional(
    z.strictObject({
      file: z.exactOptional(text),
      line: z.exactOptional(z.number()),
      column: z.exactOptional(z.number()),
      step: z.exactOptional(text),
      path: z.exactOptional(text),
    }),
  ),
  cause: z.exactOptional(text),
  next: text,
  untouched: z.exactOptional(text),
  details: z.exactOptional(texts),
})

const evidence = z.strictObject({ label: text, value: text })
const remedy = z.strictObject({ text, command: z.exactOptional(text), sql: z.exactOptional(text) })
const stepGroup = z.enum(['files', 'certificate', 'container', 'website', 'service', 'database', 'windows'])

const fileChange = z.strictObject({
  path: text,
  change: z.enum(['new', 'changed', 'unchanged']),
  added: z.number(),
  removed: z.number(),
  lines: z.array(
    z.strictObject({
      kind: z.enum(['same', 'added', 'removed', 'gap']),
      oldLine: z.exactOptional(z.number()),
      newLine: z.exactOptional(z.number()),
      text,
    }),
  ),
  binary: z.exactOptional(text),
})

export const planView = z.strictObject({
  id: text,
  title: text,
  practice: z.boolean(),
  elevation: z.enum(['none', 'asked', 'present']),
  steps: z.array(
    z.strictObject({
      id: text,
      title: text,
      group: stepGroup,
      detail: text,
      found: z.enum(['absent', 'as-wanted', 'differs', 'foreign', 'unknown']),
      evidence: texts,
      files: z.array(fileChange),
      commands: texts,
      sql: texts,
      notes: texts,
    }),
  ),
  warnings: z.array(problem),
  untouched: texts,
})

export const checkReport = z.strictObject({
  id: text,
  title: text,
  status: z.enum(['passed', 'warning', 'failed', 'not-applicable', 'not-tried']),
  why: text,
  summary: text,
  ms: z.number(),
  evidence: z.array(evidence),
  cause: z.exactOptional(text),
  remedy: z.exactOptional(remedy),
  fix: z.exactOptional(
    z.strictObject({
      task: z.enum(['enable-iis-features', 'install-hosting-bundle']),
      label: text,
      command: text,
      elevation: z.boolean(),
      disturbs: z.exactOptional(text),
      needsFile: z.boolean(),
    }),
  ),
})

const stepProgress = z.strictObject({
  id: text,
  title: text,
  group: stepGroup,
  state: z.enum(['waiting', 'running', 'done', 'as-wanted', 'failed', 'undoing', 'undone', 'undo-failed']),
  ms: z.exactOptional(z.number()),
  summary: z.exactOptional(text),
})

const stepFailure = z.strictObject({
  step: text,
  title: text,
  problem,
  diagnosis: z.exactOptional(z.strictObject({ id: text, cause: text, remedy, evidence: z.array(evidence) })),
})

const logLine = { at: text, step: text, text, level: z.enum(['info', 'error']) }

const outcomes = ['done', 'as-wanted', 'failed', 'stopped', 'undone', 'undo-failed'] as const
export const runOutcome = z.enum(outcomes)

export const runView = z.strictObject({
  id: text,
  title: text,
  practice: z.boolean(),
  status: z.enum(['running', 'stopping', 'undoing', ...outcomes]),
  steps: z.array(stepProgress),
  fraction: z.number(),
  startedAt: text,
  elapsedMs: z.number(),
  log: z.array(z.strictObject(logLine)),
  failure: z.exactOptional(stepFailure),
  undoFailures: z.array(stepFailure),
})

export const runEvent = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('run-started'),
    run: text,
    title: text,
    at: text,
    steps: z.array(stepProgress),
  }),
  z.strictObject({ type: z.literal('step'), step: stepProgress, at: text, fraction: z.number() }),
  z.strictObject({ type: z.literal('progress'), step: text, at: text, fraction: z.number(), text }),
  z.strictObject({ type: z.literal('log'), ...logLine }),
  z.strictObject({ type: z.literal('failure'), at: text, failure: stepFailure, undoing: z.boolean() }),
  z.strictObject({
    type: z.literal('run-finished'),
    run: text,
    at: text,
    outcome: runOutcome,
    ms: z.number(),
  }),
  z.strictObject({ type: z.literal('check'), at: text, check: checkReport }),
])

export const writtenFile = z.strictObject({
  path: text,
  bytes: z.number(),
  sha256: text,
  backup: z.exactOptional(text),
})
