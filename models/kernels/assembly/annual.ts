export * from './annual/causes';
export * from './annual/counts';
export * from './annual/erodibility';
export * from './annual/evaluate';
export * from './annual/half-months';
export * from './annual/keep-floats';
export * from './annual/lines';
export * from './annual/look-ups';
export * from './annual/slots';

/*
 * Kernels of the annual pass, for the AssemblyScript compiler. Each takes addresses in the imported memory and does the
 * operations of its TypeScript reference in the same order, several cells at a time; the files next door say what they mean.
 */
