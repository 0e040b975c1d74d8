/** The HTTP header with the ID of a call, by which the loopback host knows one that is asked for again. */
export type CallIdHeader = 'x-call-id'
