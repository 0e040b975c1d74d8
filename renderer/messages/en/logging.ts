export const logging = {
  title: 'Logging',
  lead: 'What the service writes down while it runs. Both can be changed later in its settings.',
  regionLabel: 'Logging',
  level: 'Log level',
  levelHint: 'Logging:LogLevel:Default in appsettings.json',
  levels: {
    Trace: 'Trace',
    Debug: 'Debug',
    Information: 'Information',
    Warning: 'Warning',
    Error: 'Error',
    Critical: 'Critical',
    None: 'None',
  },
  stdout: 'Write the stdout log',
  stdoutHint:
    'stdoutLogEnabled in web.config. It helps when the service does not start; switch it off afterwards.',
  meaning: 'What the level means',
  meanings: {
    Trace:
      'Everything, also values of single calls. Only for a short search: the log may hold personal data.',
    Debug: 'Much detail about each request. Only while looking for a cause.',
    Information: 'Each request and each token in a line.',
    Warning: 'Only what is unusual. Fits for daily use.',
    Error: 'Only what failed.',
    Critical: 'Only what ends the service.',
    None: 'Nothing. A failure then leaves no trace.',
  },
}
