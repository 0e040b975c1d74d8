import type { Language } from '../state.ts'

/** The words of net.exe. */
interface NetTexts {
  readonly syntax: string
  readonly invalid: string
  readonly already: string
  readonly notStarted: (name: string) => string
  readonly starting: (name: string) => string
  readonly started: (name: string) => string
  readonly stopping: (name: string) => string
  readonly stopped: (name: string) => string
  readonly dependents: (name: string) => string
  readonly question: string
  readonly help: (number: number) => string
  readonly systemError: (number: number) => string
}

/** By display language. */
export const netTexts: Readonly<Record<Language, NetTexts>> = {
  en: {
    syntax: 'The syntax of this command is:',
    invalid: 'The service name is invalid.',
    already: 'The requested service has already been started.',
    notStarted: (name) => `The ${name} service is not started.`,
    starting: (name) => `The ${name} service is starting`,
    started: (name) => `The ${name} service was started successfully.`,
    stopping: (name) => `The ${name} service is stopping`,
    stopped: (name) => `The ${name} service was stopped successfully.`,
    dependents: (name) =>
      `The following services are dependent on the ${name} service.\r\nStopping the ${name} service will also stop these services.`,
    question: 'Do you want to continue this operation? (Y/N) [N]: ',
    help: (number) => `More help is available by typing NET HELPMSG ${number}.`,
    systemError: (number) => `System error ${number} has occurred.`,
  },
  de: {
    syntax: 'Die Syntax dieses Befehls lautet:',
    invalid: 'Der Dienstname ist ungültig.',
    already: 'Der angeforderte Dienst wurde bereits gestartet.',
    notStarted: (name) => `${name} ist nicht gestartet.`,
    starting: (name) => `${name} wird gestartet`,
    started: (name) => `${name} wurde erfolgreich gestartet.`,
    stopping: (name) => `${name} wird beendet`,
    stopped: (name) => `${name} wurde erfolgreich beendet.`,
    dependents: (name) =>
      `Folgende Dienste hängen vom Dienst ${name} ab.\r\nDas Beenden des Dienstes ${name} beendet auch diese Dienste.`,
    question: 'Möchten Sie diesen Vorgang fortsetzen? (J/N) [N]: ',
    help: (number) => `Sie erhalten weitere Hilfe, wenn Sie NET HELPMSG ${number} eingeben.`,
    systemError: (number) => `Systemfehler ${number} aufgetreten.`,
  },
  ru: {
    syntax: 'Синтаксис данной команды:',
    invalid: 'Неправильное имя службы.',
    already: 'Запрошенная служба уже запущена.',
    notStarted: (name) => `Служба "${name}" не запущена.`,
    starting: (name) => `Служба "${name}" запускается`,
    started: (name) => `Служба "${name}" успешно запущена.`,
    stopping: (name) => `Служба "${name}" останавливается`,
    stopped: (name) => `Служба "${name}" успешно остановлена.`,
    dependents: (name) =>
      `Следующие службы зависят от службы "${name}".\r\nОстановка службы "${name}" приведет к остановке этих служб.`,
    question: 'Продолжить выполнение данной операции? (Y/N) [N]: ',
    help: (number) => `Для вызова дополнительной справки наберите NET HELPMSG ${number}.`,
    systemError: (number) => `Системная ошибка ${number}.`,
  },
}
