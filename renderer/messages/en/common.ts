export const common = {
  marks: {
    passed: 'Passed',
    warning: 'Warning',
    failed: 'Failed',
    'not-applicable': 'Not applicable',
    waiting: 'Waiting',
    running: 'Running',
  },
  copy: (what: string) => `Copy ${what}`,
  show: (what: string) => `Show ${what.toLowerCase()}`,
  hide: (what: string) => `Hide ${what.toLowerCase()}`,
  copied: 'Copied',
  notCopied: 'The clipboard could not be written',
  details: 'Details',
  line: 'line',
  column: 'column',
  slow: (seconds: number) => `Taking longer than usual, ${seconds} s so far.`,
  summary: (count: number) =>
    count === 1
      ? 'One thing is needed before the next page'
      : `${count} things are needed before the next page`,
  choose: {
    archive: 'File…',
    folder: 'Folder…',
    certificate: 'File…',
    'private-key': 'File…',
    answers: 'File…',
    program: 'File…',
  },
  use: (value: string) => `Use “${value}”`,
  savedTo: (path: string) => `Saved to ${path}`,
  downloaded: (name: string) => `Handed to the browser as ${name}`,
  rules: {
    required: (label: string) => `Enter ${label}`,
    port: 'Enter a port from 1 to 65535',
    days: 'Enter a whole number of days from 1 to 36500',
  },
}
