/** Requests for an authority (PKCS #10): created here, answered elsewhere, completed here. */
export const certificateRequest = {
  none: 'No certificate yet?',
  noneText: 'Create a request for an authority. Its private key stays on this server until the answer comes.',
  create: 'Create a request…',
  waiting: 'Requests that wait for their answer',
  waitingText: 'Their private keys stay on this server until the answers come.',
  row: (key: string, date: string) => `${key}, created on ${date}`,
  complete: 'Complete…',
  completeFor: (subject: string) => `Complete… ${subject}`,
  completing: (subject: string) =>
    `For the request ${subject}: choose the certificate that the authority issued. Its private key is found here by itself.`,
  forget: 'Forget…',
  forgetFor: (subject: string) => `Forget… ${subject}`,
  forgetTitle: 'Forget this request?',
  forgetBody: (subject: string, date: string) =>
    `The private key of ${subject}, kept here since ${date}, is deleted. A certificate that is issued for this request can then no longer be used.`,
  forgetYes: 'Forget',
  forgetNo: 'Keep',

  title: 'Create a request for an authority',
  lead: 'A new private key is made and kept on this server in a private folder. Only the request leaves it.',
  folder: 'Folder for the request',
  folderHint: 'The request is no secret. Choose a folder from which you can send it.',
  folderName: 'a folder for the request',
  make: 'Create',
  cancel: 'Cancel',
  stop: 'Stop',
  working: 'Making the key',
  doneTitle: 'The request is created',
  doneFile: 'Request',
  doneWhat: 'path of the request',
  nextTitle: 'What to do next',
  next: [
    'Send the request to your authority. Ask for a certificate with the key usage Digital signature.',
    'When the answer has come, return to this page, choose “Use an issued certificate” and then “Complete…” beside this request.',
  ],
  close: 'Close',
}
