import type { SimulatedServer, SimulatedTool, ToolAnswer } from '../tool.ts'
import { saysUtf8OnNewBuilds } from './console.ts'
import type { NetshAnswer, NetshParameters } from './netsh-answer.ts'
import { firewall } from './netsh-firewall.ts'
import { requestQueues, urlReservations } from './netsh-servicestate.ts'
import { addCertificate, deleteCertificate, showCertificates, updateCertificate } from './netsh-sslcert.ts'
import { netshTexts } from './netsh-texts.ts'

type Part = (server: SimulatedServer, parameters: NetshParameters) => NetshAnswer

const parts: Readonly<Record<string, Part>> = {
  'http add sslcert': addCertificate,
  'http update sslcert': updateCertificate,
  'http delete sslcert': deleteCertificate,
  'http show sslcert': showCertificates,
  'http show servicestate': requestQueues,
  'http show urlacl': urlReservations,
  'advfirewall firewall add': firewall.add,
  'advfirewall firewall show': firewall.show,
  'advfirewall firewall delete': firewall.delete,
}

/** netsh: only ever ends with 0 or 1, and writes everything to standard output. */
export const netsh: SimulatedTool = ({ args }, server) => {
  const words = args.slice(0, 3).map((word) => word.toLowerCase())
  const part = parts[words.join(' ')]
  if (part === undefined) return unknown(server, args)
  const { ok, text } = part(server, parameters(args.slice(3)))
  return saysUtf8OnNewBuilds(server, ok ? 0 : 1, text)
}

function parameters(args: readonly string[]): NetshParameters {
  const pairs = args.map((argument) => /^([^=]+)=(.*)$/s.exec(argument))
  return {
    values: new Map(pairs.flatMap((pair) => (pair ? [[pair[1]!.toLowerCase(), pair[2]!] as const] : []))),
    loose: args.filter((_, at) => pairs[at] === null),
  }
}

function unknown(server: SimulatedServer, args: readonly string[]): ToolAnswer {
  const text = netshTexts[server.state.system.language].unknownCommand(args.join(' '))
  return saysUtf8OnNewBuilds(server, 1, `${text}\r\n`)
}
