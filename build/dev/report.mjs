import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root } from './project.mjs'

/** What a tier came to. `failures` and `secondTry` name tests with what they said, for the end of a long run. */
export const none = { passed: 0, failed: 0, skipped: 0, failures: [], secondTry: [] }

/** The sum of two tiers. */
export function add(a, b) {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
    secondTry: [...a.secondTry, ...b.secondTry],
  }
}

/** "12 passed, 0 failed, 1 skipped". */
export function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/** What a JSON report of vitest or of Playwright says. A file that does not load counts as a failure. */
export function readReport(report) {
  return report.stats ? ofPlaywright(report) : ofVitest(report)
}

function ofPlaywright({ stats, suites, errors }) {
  const tests = suites.flatMap(specsOf).flatMap((spec) => spec.tests.map((test) => ({ ...test, spec })))
  const named = (status) =>
    tests
      .filter((test) => test.status === status)
      .map(({ spec, projectName, results }) => {
        const wrong = results.find((result) => result.status !== 'passed') ?? results[0]
        return told(
          `[${projectName}] ${spec.file}: ${spec.title}`,
          wrong?.errors.map(({ message }) => message),
        )
      })
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    failures: [...errors.map(({ message }) => told('e2e', [message])), ...named('unexpected')],
    secondTry: named('flaky'),
  }
}

function specsOf({ specs, suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)]
}

function ofVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const notLoaded = testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const failed = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === 'failed')
      .map(({ fullName, failureMessages }) => told(`${relative(root, name)}: ${fullName}`, failureMessages)),
  )
  return {
    ...none,
    passed: numPassedTests,
    failed: numFailedTests + notLoaded.length,
    skipped: numPendingTests + numTodoTests,
    failures: [...notLoaded.map(({ name, message }) => told(relative(root, name), [message])), ...failed],
  }
}

/** Enough of a message to see what was expected and what came. */
const LINES = 12

function told(test, messages = []) {
  const lines = stripVTControlCharacters(messages.filter(Boolean).join('\n')).split('\n')
  return [test, ...lines.slice(0, LINES).map((line) => `    ${line}`)].join('\n')
}
