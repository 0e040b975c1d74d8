import type { Language } from '../state.ts'
import { answer, type SimulatedServer, type SimulatedTool, type ToolAnswer } from '../tool.ts'
import { dismTexts } from './dism-texts.ts'
import { applyFeatures } from './feature-effects.ts'
import { parentsOf } from './feature-tree.ts'

interface Request {
  readonly language: Language
  readonly command: string
  readonly features: readonly string[]
  readonly all: boolean
  readonly table: boolean
}

/** DISM with `/Online`: lists, shows, enables and disables optional features. Errors go to standard output too. */
export const dism: SimulatedTool = async ({ args }, server) => {
  const { language } = server.state.system
  if (!server.state.token.elevated) {
    const english = args.some((argument) => argument.toLowerCase() === '/english')
    return answer(server, 740, dismTexts[english ? 'en' : language].elevate)
  }
  const request = parse(args, language)
  if (request === undefined) return failed(server, dismTexts[language].unknownOption, 87, '87', language)
  const unknown = request.features.find((name) => server.state.features[name] === undefined)
  if (unknown !== undefined) {
    const texts = dismTexts[request.language]
    // Unverified on a real server: the exit code is the error number itself.
    return failed(server, texts.unknownFeature(unknown), 0x800f080c, '0x800f080c', request.language)
  }
  return serve(server, request)
}

async function serve(server: SimulatedServer, request: Request): Promise<ToolAnswer> {
  const texts = dismTexts[request.language]
  const { features } = server.state
  if (request.command === '/get-features') {
    const rows = Object.entries(features).map(([name, state]) =>
      request.table
        ? `${name} | ${texts.states[state]}`
        : `${texts.name} : ${name}\r\n${texts.state} : ${texts.states[state]}\r\n`,
    )
    return done(server, request.language, `${rows.join('\r\n')}\r\n`)
  }
  if (request.command === '/get-featureinfo') {
    const name = request.features[0]!
    return done(
      server,
      request.language,
      `${texts.information}\r\n\r\n${texts.name} : ${name}\r\n${texts.state} : ${texts.states[features[name]!]}\r\n`,
    )
  }
  const enable = request.command === '/enable-feature'
  const parents = request.features.flatMap((name) => parentsOf(name, features))
  const missing = parents.filter((name) => features[name] !== 'Enabled')
  if (enable && missing.length > 0 && !request.all)
    return failed(server, texts.parentsOff, 0x800f087e, '0x800f087e', request.language)
  await applyFeatures(server, enable ? [...missing, ...request.features] : request.features, enable)
  const bar = `\r[${'='.repeat(26)}100.0%${'='.repeat(26)}] `
  const restart = request.features.some((name) => features[name]?.endsWith('Pending'))
  const doing = enable ? texts.enabling : texts.disabling
  return done(server, request.language, `${doing}\r\n${bar}\r\n`, restart ? 3010 : 0)
}

function parse(args: readonly string[], shown: Language): Request | undefined {
  const features: string[] = []
  const flags = new Set<string>()
  let command = ''
  for (const argument of args) {
    const [, name = '', value] = /^(\/[A-Za-z-]+)(?::(.*))?$/.exec(argument) ?? []
    const option = name.toLowerCase()
    if (/^\/(get-features|get-featureinfo|enable-feature|disable-feature)$/.test(option)) {
      // A global option has to stand before the command.
      if (!flags.has('/online') || command !== '') return undefined
      command = option
    } else if (option === '/featurename' && value) features.push(value)
    else if (option === '/format' && /^(table|list)$/i.test(value ?? '')) flags.add(value!.toLowerCase())
    else if (/^\/(online|english|norestart|all|quiet)$/.test(option) && value === undefined) {
      if (option === '/english' && command !== '') return undefined
      flags.add(option)
    } else return undefined
  }
  const needsNames = command !== '/get-features'
  if (command === '' || needsNames !== features.length > 0) return undefined
  return {
    language: flags.has('/english') ? 'en' : shown,
    command,
    features,
    all: flags.has('/all'),
    table: flags.has('table'),
  }
}

function done(server: SimulatedServer, language: Language, text: string, code = 0): ToolAnswer {
  return answer(server, code, `${heading(server, language)}${text}\r\n${dismTexts[language].completed}\r\n`)
}

function failed(
  server: SimulatedServer,
  text: string,
  code: number,
  shown: string,
  language: Language,
): ToolAnswer {
  const texts = dismTexts[language]
  const log = `${texts.log} ${server.windows.windows}\\Logs\\DISM\\dism.log`
  return answer(
    server,
    code,
    `${heading(server, language)}\r\n${texts.error}: ${shown}\r\n\r\n${text}\r\n\r\n${log}\r\n`,
  )
}

function heading(server: SimulatedServer, language: Language): string {
  const { build, revision } = server.state.system
  const texts = dismTexts[language]
  return `\r\n${texts.title}\r\n${texts.version}: 10.0.${build}.1\r\n\r\n${texts.image}: 10.0.${build}.${revision}\r\n\r\n`
}
