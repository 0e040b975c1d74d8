/** Set for a process that the simulated prompt has let through: it has an administrator's full rights there. */
export const ELEVATED_VARIABLE = 'IDENTITY_SETUP_PRACTICE_ELEVATED'
