/** A sign as XML spells it: `&amp;`, `&quot;`, `&#59;`. Also at the end of a value whose “;” was taken for the end. */
export const XML_SIGN = /&(amp|quot|apos|lt|gt|#\d+|#x[\da-f]+)(;|$)/i

/** The same, cut off by its own “;”. */
export const XML_SIGN_CUT = /&(amp|quot|apos|lt|gt|#\d+|#x[\da-f]+)$/i
