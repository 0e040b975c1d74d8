/** Page to program: a call's name and input; answered by a Reply. */
export const CALL_CHANNEL = 'setup:call'
/** Program to page: one PageEvent. */
export const EVENT_CHANNEL = 'setup:event'
