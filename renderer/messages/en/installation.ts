/** Choosing the service that is looked after: the same in every scenario that has one. */
export const installation = {
  legend: 'Identity Service to be changed',
  other: 'Another folder',
  otherText: 'Set up by hand, or missing from this list',
  noDays: 'End of its certificate not known',
  target: 'Folder',
  targetHint: 'It holds appsettings.json of the Identity Service',
  targetName: 'the folder of the Identity Service',
  container: 'Container',
  containerHint: 'Its name; only where it was not started by this program',
  site: 'Website',
  siteHint: 'Its name in IIS; only where several websites show the folder',
  needed: 'Choose an installation, or another folder',
  recorded: 'Installed by this program',
  bySettings: 'Found by its settings',
  url: 'URL',
}
