import { readWebConfig } from '../../service/web-config.ts'
import { decodeXml } from '../../text/xml.ts'
import { InspectionNotes, writtenAs, type Inspection } from './inspection.ts'

/** What `web.config` tells IIS about the service. */
export async function inspectWebConfig(bytes: Uint8Array, file: string): Promise<Inspection> {
  const notes = new InspectionNotes()
  const config = await notes.attempt(() => readWebConfig(bytes, file))
  if (!config) return notes.as('web-config')
  notes.fact('Written as', writtenAs(decodeXml(bytes, file)))
  notes.fact('Process', config.processPath)
  notes.fact('Arguments', config.arguments)
  notes.fact('Hosting model', config.hostingModel)
  notes.fact('Handler modules', config.modules.join(', ') || undefined)
  notes.fact('stdoutLogEnabled', config.stdoutLogEnabled)
  notes.fact('stdoutLogFile', config.stdoutLogFile)
  return notes.as('web-config')
}
