/** An algorithm that this program does not read; the message names it. Never leaves the room. */
export class UnsupportedError extends Error {}

/** The bytes do not decrypt with this password. Never leaves the room. */
export class WrongPasswordError extends Error {}
