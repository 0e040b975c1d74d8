import type { FeatureState, Language } from '../state.ts'

interface DismTexts {
  readonly title: string
  readonly version: string
  readonly image: string
  readonly information: string
  readonly name: string
  readonly state: string
  readonly states: Readonly<Record<FeatureState, string>>
  readonly enabling: string
  readonly disabling: string
  readonly completed: string
  readonly error: string
  readonly elevate: string
  readonly unknownOption: string
  readonly unknownFeature: (name: string) => string
  readonly parentsOff: string
  readonly log: string
}

/** The words of DISM; `/English` asks for the first of them on each Windows. */
export const dismTexts: Readonly<Record<Language, DismTexts>> = {
  en: {
    title: 'Deployment Image Servicing and Management tool',
    version: 'Version',
    image: 'Image Version',
    information: 'Feature Information:',
    name: 'Feature Name',
    state: 'State',
    states: {
      Enabled: 'Enabled',
      Disabled: 'Disabled',
      'Enable Pending': 'Enable Pending',
      'Disable Pending': 'Disable Pending',
    },
    enabling: 'Enabling feature(s)',
    disabling: 'Disabling feature(s)',
    completed: 'The operation completed successfully.',
    error: 'Error',
    elevate:
      '\r\nError: 740\r\n\r\nElevated permissions are required to run DISM. \r\nUse an elevated command prompt to complete these tasks.\r\n',
    unknownOption: 'An option is unknown in this context.',
    unknownFeature: (name) =>
      `Feature name ${name} is unknown.\r\nA Windows feature name was not recognized.`,
    parentsOff:
      'One or several parent features are disabled so current feature can not be enabled.\r\nIf a single feature is specified, all parent features can be enabled by using the /all option.',
    log: 'The DISM log file can be found at',
  },
  de: {
    title: 'Tool zur Imageverwaltung für die Bereitstellung',
    version: 'Version',
    image: 'Abbildversion',
    information: 'Featureinformationen:',
    name: 'Featurename',
    state: 'Status',
    states: {
      Enabled: 'Aktiviert',
      Disabled: 'Deaktiviert',
      'Enable Pending': 'Aktivierung ausstehend',
      'Disable Pending': 'Deaktivierung ausstehend',
    },
    enabling: 'Features werden aktiviert',
    disabling: 'Features werden deaktiviert',
    completed: 'Der Vorgang wurde erfolgreich beendet.',
    error: 'Fehler',
    elevate:
      '\r\nFehler: 740\r\n\r\nZum Ausführen von DISM sind erhöhte Rechte erforderlich. \r\nVerwenden Sie eine Eingabeaufforderung mit erhöhten Rechten, um diese Aufgaben auszuführen.\r\n',
    unknownOption: 'Eine Option ist in diesem Zusammenhang unbekannt.',
    unknownFeature: (name) =>
      `Der Featurename "${name}" ist unbekannt.\r\nEin Windows-Featurename wurde nicht erkannt.`,
    parentsOff: 'Mindestens ein übergeordnetes Feature ist deaktiviert.',
    log: 'Die DISM-Protokolldatei befindet sich unter',
  },
  ru: {
    title: 'Cистема DISM',
    version: 'Версия',
    image: 'Версия образа',
    information: 'Сведения о компоненте:',
    name: 'Имя компонента',
    state: 'Состояние',
    states: {
      Enabled: 'Включено',
      Disabled: 'Отключено',
      'Enable Pending': 'Ожидание включения',
      'Disable Pending': 'Ожидание отключения',
    },
    enabling: 'Включение функций',
    disabling: 'Отключение функций',
    completed: 'Операция успешно завершена.',
    error: 'Ошибка',
    elevate:
      '\r\nОшибка: 740\r\n\r\nДля запуска DISM требуются повышенные права. \r\nДля выполнения этих задач используйте командную строку с повышенными правами.\r\n',
    unknownOption: 'В данном контексте параметр неизвестен.',
    unknownFeature: (name) => `Неизвестное имя компонента ${name}.\r\nИмя компонента Windows не распознано.`,
    parentsOff: 'Один или несколько родительских компонентов отключены.',
    log: 'Файл журнала DISM находится по адресу',
  },
}
