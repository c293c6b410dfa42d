import { Resvg } from '@resvg/resvg-js';
import { type FontWeight, figureFontFamily, figureFontFiles } from './fonts.ts';

export interface PngOptions {
  /** Width of the picture in pixels; the height follows. The width of the SVG when left out. */
  readonly width?: number;
  /** Weights the figure uses; each costs 10 MB of memory while it is drawn. Both when left out. */
  readonly weights?: readonly FontWeight[];
}

/**
 * Draws an SVG as a PNG on a white ground. Only the fonts of this program are used and pictures inside are drawn cell by cell,
 * without smoothing, so that class colours stay those of the legend. Equal figures give equal bytes.
 */
export function svgToPng(svg: string, options: PngOptions = {}): Uint8Array {
  const figure = new Resvg(svg, {
    background: '#ffffff',
    imageRendering: 1,
    languages: ['zh-CN'],
    font: { loadSystemFonts: false, fontFiles: figureFontFiles(options.weights), defaultFontFamily: figureFontFamily },
    ...(options.width === undefined ? {} : { fitTo: { mode: 'width' as const, value: options.width } }),
  });
  return new Uint8Array(figure.render().asPng());
}
