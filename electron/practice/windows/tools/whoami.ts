import type { Language } from '../state.ts'
import type { SimulatedServer, SimulatedTool } from '../tool.ts'
import { saysUtf8OnNewBuilds } from './console.ts'
import { wellKnown } from './sids.ts'

interface Words {
  readonly userHeader: readonly string[]
  readonly groupHeader: readonly string[]
  readonly label: string
  readonly high: string
  readonly medium: string
  readonly wellKnownGroup: string
  readonly alias: string
  readonly enabled: string
  readonly owner: string
  readonly denyOnly: string
  readonly invalid: string
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    userHeader: ['User Name', 'SID'],
    groupHeader: ['Group Name', 'Type', 'SID', 'Attributes'],
    label: 'Label',
    high: 'Mandatory Label\\High Mandatory Level',
    medium: 'Mandatory Label\\Medium Mandatory Level',
    wellKnownGroup: 'Well-known group',
    alias: 'Alias',
    enabled: 'Mandatory group, Enabled by default, Enabled group',
    owner: 'Mandatory group, Enabled by default, Enabled group, Group owner',
    denyOnly: 'Group used for deny only',
    invalid: 'ERROR: Invalid argument/option',
  },
  de: {
    userHeader: ['Benutzername', 'SID'],
    groupHeader: ['Gruppenname', 'Typ', 'SID', 'Attribute'],
    label: 'Bezeichnung',
    high: 'Verbindliche Beschriftung\\Hohe Verbindlichkeitsstufe',
    medium: 'Verbindliche Beschriftung\\Mittlere Verbindlichkeitsstufe',
    wellKnownGroup: 'Bekannte Gruppe',
    alias: 'Alias',
    enabled: 'Verbindliche Gruppe, Standardmäßig aktiviert, Aktivierte Gruppe',
    owner: 'Verbindliche Gruppe, Standardmäßig aktiviert, Aktivierte Gruppe, Gruppenbesitzer',
    denyOnly: 'Gruppe, die nur zum Ablehnen verwendet wird',
    invalid: 'FEHLER: Ungültiges Argument bzw. ungültige Option',
  },
  ru: {
    userHeader: ['Имя пользователя', 'SID'],
    groupHeader: ['Имя группы', 'Тип', 'SID', 'Атрибуты'],
    label: 'Метка',
    high: 'Обязательная метка\\Высокий',
    medium: 'Обязательная метка\\Средний',
    wellKnownGroup: 'Хорошо известная группа',
    alias: 'Псевдоним',
    enabled: 'Обязательная группа, Включены по умолчанию, Включенная группа',
    owner: 'Обязательная группа, Включены по умолчанию, Включенная группа, Владелец группы',
    denyOnly: 'Группа, используемая только для запрета',
    invalid: 'ОШИБКА: Недопустимый аргумент или параметр',
  },
}

/** whoami: `/user` and `/groups`, as CSV. */
export const whoami: SimulatedTool = ({ args }, server) => {
  const options = args.map((argument) => argument.toLowerCase())
  const { userHeader, groupHeader, invalid } = words[server.state.system.language]
  const [what, ...format] = options
  const noHeader = format.includes('/nh')
  if (!/^\/fo csv( \/nh)?$/.test(format.join(' ')) || (what !== '/user' && what !== '/groups'))
    return saysUtf8OnNewBuilds(server, 1, '', `${invalid} - '${args.at(-1) ?? ''}'.\r\n`)
  const header = what === '/user' ? userHeader : groupHeader
  const rows = what === '/user' ? [[server.state.token.user, server.state.token.sid]] : groups(server)
  const lines = (noHeader ? rows : [header, ...rows]).map(
    (row) => `${row.map((cell) => `"${cell}"`).join(',')}\r\n`,
  )
  return saysUtf8OnNewBuilds(server, 0, lines.join(''))
}

function groups({ state }: SimulatedServer): readonly (readonly string[])[] {
  const { language } = state.system
  const own = words[language]
  const { elevated, administrator } = state.token
  const name = (sid: string) => wellKnown[sid]![language]
  const attributes = elevated ? own.owner : own.denyOnly
  return [
    [name('S-1-1-0'), own.wellKnownGroup, 'S-1-1-0', own.enabled],
    ...(administrator ? [[name('S-1-5-32-544'), own.alias, 'S-1-5-32-544', attributes]] : []),
    [name('S-1-5-32-545'), own.alias, 'S-1-5-32-545', own.enabled],
    [name('S-1-5-11'), own.wellKnownGroup, 'S-1-5-11', own.enabled],
    elevated ? [own.high, own.label, 'S-1-16-12288', ''] : [own.medium, own.label, 'S-1-16-8192', ''],
  ]
}
