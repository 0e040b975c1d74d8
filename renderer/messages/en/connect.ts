export const connect = {
  title: 'Connect to Creatio',
  lead: 'Enter these three values in Creatio. This program does not sign in to Creatio yet.',
  regionLabel: 'Connect to Creatio',
  loading: 'Collecting the values',
  values: 'Values for Creatio',
  url: 'Identity Service URL',
  id: 'Client ID',
  secret: 'Client secret',
  setting: (code: string) => `System setting ${code}`,
  codes: {
    url: 'OAuth20IdentityServerUrl',
    id: 'OAuth20IdentityServerClientId',
    secret: 'OAuth20IdentityServerClientSecret',
  },
  where: 'Where to enter them',
  steps: [
    'In Creatio, open the System Designer and click OAuth 2.0 integrated applications in the Import and integration block.',
    'On the Diagnostic tab, click Open settings and enter the three values.',
    'Click Test connection. When Creatio says “Connection established”, click Save.',
  ],
  feature: 'The section is missing? Turn on the additional feature OAuth20Integration for all users first.',
  practice:
    'This was a practice run: there is no Creatio to connect. On a real server the values stand here.',
  note: 'Automatic connection comes with a later version.',
}
