import type { Machine } from '../../machine/machine.ts'
import { describeSource } from '../../service/describe.ts'
import { inspectSettings } from './inspect-settings.ts'
import { InspectionNotes, type Inspection } from './inspection.ts'

/** What an archive or folder of the service holds; its settings file is inspected along. */
export async function inspectSource(
  machine: Machine,
  path: string,
  kind: 'archive' | 'service-folder',
): Promise<Inspection> {
  const notes = new InspectionNotes()
  const source = await notes.attempt(() => describeSource(machine, path))
  if (!source) return notes.as(kind)
  const yes = (value: boolean) => (value ? 'yes' : 'no')
  notes.fact('Files', source.files)
  notes.fact('Unpacked', `${(source.unpackedBytes / 1024 / 1024).toFixed(1)} MB`)
  notes.fact('Runtime needed', source.runtime && `${source.runtime.name} ${source.runtime.version}`)
  notes.fact('Npgsql', source.drivers.npgsql)
  const { sqlClient } = source.drivers
  notes.fact('SqlClient', sqlClient && `${sqlClient.version} (${sqlClient.package})`)
  notes.fact('Entity Framework Core', source.entityFramework)
  notes.fact('web.config', yes(source.webConfig !== undefined))
  notes.fact('Dockerfile-OAuth', yes(source.dockerfile !== undefined))
  notes.fact('Migrations', yes(source.hasMigrations))
  notes.fact('PFX scripts', source.pfxScripts.join(', ') || 'none')
  notes.fact('Shipped certificates', source.shippedPfx.join(', ') || 'none')
  for (const warning of source.warnings) notes.warn(warning)
  const settings = await inspectSettings(source.settings, 'appsettings.json')
  notes.facts.push(
    ...settings.facts.map(({ label, value }) => ({ label: `appsettings.json: ${label}`, value })),
  )
  notes.warnings.push(...settings.warnings)
  notes.refusals.push(...settings.refusals)
  return notes.as(kind)
}
