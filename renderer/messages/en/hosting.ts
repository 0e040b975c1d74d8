export const hosting = {
  title: 'Hosting',
  lead: 'Where the Identity Service runs. Creatio reaches it by its URL either way.',
  legend: 'Hosting',
  regionLabel: 'Hosting',
  choices: {
    iis: {
      title: 'IIS',
      text: 'A website with an application pool of its own, on Windows Server.',
      textPractice: 'A website with an application pool of its own, on a Windows Server that is simulated.',
      needsWindows: (system: string) => `IIS needs Windows; this machine runs ${system}`,
      otherSystem: 'another system',
    },
    docker: {
      title: 'Docker',
      text: 'A container on this server, from the archive’s Dockerfile-OAuth. Docker or Podman.',
      notInPractice: 'A practice run installs under IIS, because only Windows is simulated',
    },
  },
  recommended: 'Recommended',
  version: 'Version',
  state: 'State',
  system: 'System',
  rights: 'Administrator rights',
  rightsOf: {
    have: 'This program has them',
    asked: 'Windows asks for them once, at Install',
  },
  restart: 'Windows waits for a restart. Restart it before the setup, so that features can be turned on.',
  onThisServer: { iis: 'IIS on this server', docker: 'Docker on this server' },
  missing: {
    iis: 'IIS is not ready on this server yet; Prerequisites says why',
    docker: 'Docker cannot be used on this server yet; Prerequisites says why',
  },
  marks: { ready: 'Ready', attention: 'Not ready' },
  looking: 'Looking at this server',
  practiceTitle: 'What is simulated',
  practiceText:
    'Windows, IIS, its certificate store and its firewall are simulated in the practice folder. The archive, the settings, the certificate and the service itself are real. Nothing of your own on this machine changes.',
}
