import { refuseIdleSettings } from './idle-settings.ts';
import { refuseMethods } from './methods.ts';
import { refuseParameterCodes } from './parameter-codes.ts';
import { refuseRainYears } from './rain-years.ts';
import { refuseScenarios } from './scenarios.ts';
import { refuseSystems } from './systems.ts';
import type { WrittenRun } from './written-run.ts';

/**
 * Objects to settings that are well formed but cannot be meant: names of methods, codes and coordinate systems that there
 * are not, values a method does not take, and settings that would change nothing beside the others.
 * @throws UserError for the first of them
 */
export function refuseUnfitSettings(run: WrittenRun): void {
  refuseSystems(run);
  refuseMethods(run);
  refuseIdleSettings(run);
  refuseParameterCodes(run);
  refuseRainYears(run);
  refuseScenarios(run);
}
