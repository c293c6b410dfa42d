/** Compiled kernels of the terrain visits: see ../terrain-kernels.ts for the host, models/terrain/ for the norm. */
export * from './terrain/layout';
export * from './terrain/basins';
export * from './terrain/passes';
export * from './terrain/drains';
export * from './terrain/raise';
export * from './terrain/flow';
export * from './terrain/slope';
export * from './terrain/flats';
export * from './terrain/border-flats';
export * from './terrain/paths';
export * from './terrain/links';
export * from './terrain/length-factor';
export * from './terrain/length-formulas';
export * from './terrain/steepness-factor';
export * from './terrain/copy-rows';
