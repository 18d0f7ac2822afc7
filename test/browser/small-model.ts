/** A package of random weights, for tests in which the software GPU would take minutes for the demo model. */
export const SMALL_MODEL = '/.cache/random-package/';
