/* Outcomes of a cell, which are the slots of a band: models/kernels/counting-memory.ts. */

export const classes: i32 = 6;
export const greatestCause: i32 = 31;
export const outcomes: i32 = classes + 1 + greatestCause;
