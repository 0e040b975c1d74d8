import { en } from './en/index.ts'

/** One language: the texts of every page. A second one is another object of this type, chosen here. */
type Messages = typeof en

export const messages: Messages = en
