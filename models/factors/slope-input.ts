/** The slope angle as an input of a method. */
export const slopeInput = {
  name: 'slopeDegrees',
  unit: '°',
  meaning: { zh: '坡度', en: 'slope angle' },
} as const;

/** The upper limit of slope as a parameter, shared by the steepness methods that offer it. */
export const maxSlopeParameter = {
  unit: '°',
  meaning: { zh: '坡度上限（更陡按此计，空为不限）', en: 'steeper slopes count as this; null for no limit' },
  confidence: 'uncertain',
} as const;
