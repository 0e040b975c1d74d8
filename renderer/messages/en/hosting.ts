export const hosting = {
  title: 'Hosting',
  lead: 'Where the Identity Service runs. Creatio reaches it by its URL either way.',
  legend: 'Hosting',
  regionLabel: 'Hosting',
  choices: {
    docker: {
      title: 'Docker',
      text: 'A container on this server, from the archive’s Dockerfile-OAuth. Docker or Podman.',
    },
    iis: {
      title: 'IIS',
      text: 'A website with an application pool of its own on Windows Server.',
      later: 'Comes with the next version',
    },
    practice: {
      title: 'Practice',
      text: 'A practice service on this machine reads the files that are written. Nothing of your own changes.',
    },
  },
  engine: 'Docker on this server',
  version: 'Version',
  state: 'State',
  missing: 'Docker cannot be used on this server yet; Prerequisites says why',
  practicePort: 'Port of the practice service (optional)',
  practicePortHint: 'Left empty: a free one.',
}
