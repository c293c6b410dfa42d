import { nodataCauses } from '../../models/erosion/nodata-cause.ts';

type Colour = readonly [number, number, number];

/** Colours of causes on a map: white where there is a value, grey outside, distinct hues for what is missing. */
export const causeColours: Readonly<Record<number, Colour>> = Object.fromEntries(
  nodataCauses.map(({ code }): [number, Colour] => {
    if (code === 0) return [code, [255, 255, 255]];
    if (code === 1) return [code, [200, 200, 200]];
    const hue = (code * 67) % 360;
    return [code, hueColour(hue)];
  }),
);

/** Fully saturated colour of a hue in degrees, darkened a little. */
function hueColour(hue: number): Colour {
  const channel = (offset: number) => {
    const k = (offset + hue / 30) % 12;
    return Math.round(255 * (0.45 - 0.4 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
