import type { Language } from '../state.ts'

/** The words of icacls around names and numbers. The Russian and German summaries are those of public logs. */
export const icaclsTexts: Readonly<
  Record<
    Language,
    {
      readonly processed: (path: string) => string
      readonly summary: (done: number, failed: number) => string
      readonly noPath: string
      readonly invalid: (parameter: string) => string
    }
  >
> = {
  en: {
    processed: (path) => `processed file: ${path}\n`,
    summary: (done, failed) => `Successfully processed ${done} files; Failed processing ${failed} files\n`,
    noPath: 'First parameter must be a file name pattern or "/?"',
    invalid: (parameter) => `Invalid parameter "${parameter}"\n`,
  },
  de: {
    processed: (path) => `Bearbeitete Datei: ${path}\n`,
    summary: (done, failed) =>
      `${done} Dateien erfolgreich verarbeitet, bei ${failed} Dateien ist ein Verarbeitungsfehler aufgetreten.\n`,
    noPath: 'Der erste Parameter muss ein Dateinamensmuster oder "/?" sein.',
    invalid: (parameter) => `Ungültiger Parameter "${parameter}"\n`,
  },
  ru: {
    processed: (path) => `обработанный файл: ${path}\n`,
    summary: (done, failed) => `Успешно обработано ${done} файлов; не удалось обработать ${failed} файлов\n`,
    noPath: 'Первый параметр должен быть шаблоном имени файла или "/?"',
    invalid: (parameter) => `Недопустимый параметр "${parameter}"\n`,
  },
}
