export { digestCache, resultsOf, workspaceOf } from '../pipeline/inputs/run-places.ts';
