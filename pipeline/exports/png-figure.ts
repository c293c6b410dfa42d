import { Resvg } from '@resvg/resvg-js';
import { type FontWeight, figureFontFamily, figureFontWeights, withFontsOf } from './fonts.ts';

export interface PngOptions {
  /** Width of the picture in pixels; the height follows. The width of the SVG when left out. */
  readonly width?: number;
  /** Weights the figure uses; each takes some hundredths of a second to prepare. Both when left out. */
  readonly weights?: readonly FontWeight[];
}

/**
 * Draws an SVG as a PNG on a white ground. Only the fonts of this program are used and pictures inside are drawn cell by cell,
 * without smoothing, so that class colours stay those of the legend. Equal figures give equal bytes.
 */
export const svgToPng = (svg: string, { width, weights = figureFontWeights }: PngOptions = {}): Promise<Uint8Array> =>
  withFontsOf(svg, weights, (shown, fontFiles) => {
    const figure = new Resvg(shown, {
      background: '#ffffff',
      imageRendering: 1,
      languages: ['zh-CN'],
      font: { loadSystemFonts: false, fontFiles, defaultFontFamily: figureFontFamily },
      ...(width === undefined ? {} : { fitTo: { mode: 'width' as const, value: width } }),
    });
    return new Uint8Array(figure.render().asPng());
  });
