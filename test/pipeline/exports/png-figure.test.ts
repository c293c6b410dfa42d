import { readFileSync, statSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import { describe, expect, it } from 'vitest';
import { fontCharacters } from '../../../pipeline/exports/font-characters.ts';
import { figureFontFile, figureFontWeights } from '../../../pipeline/exports/fonts.ts';
import { palettePng } from '../../../pipeline/exports/palette-png.ts';
import { svgToPng } from '../../../pipeline/exports/png-figure.ts';
import { escapeXml, svgText } from '../../../pipeline/exports/svg-text.ts';
import { hex, readPng } from './read-png.ts';

const page = (content: string, size = 64): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}" font-family="Noto Sans SC">${content}</svg>`;

const character = async (text: string, bold = false): Promise<Buffer> =>
  Buffer.from(await svgToPng(page(svgText(8, 50, text, { size: 48, bold })), { weights: [bold ? 'bold' : 'regular'] }));

describe('figures as PNG', () => {
  it('draws every Chinese character with a glyph of its own, not the box of a missing one', async () => {
    const shown = async (text: string) => (await character(text)).toString('base64');
    const missing = await shown('\ue123');
    const blank = await shown(' ');
    const drawn = await Promise.all([...'微轻中强极剧烈度县塬'].map(shown));
    expect(new Set([...drawn, missing, blank]).size).toBe(drawn.length + 2);
  });

  it('draws bold text with more ink, from a file that is there', async () => {
    const ink = async (bold: boolean) =>
      readPng(await character('水', bold))
        .colours()
        .get('#222222') ?? 0;
    expect(await ink(true)).toBeGreaterThan((await ink(false)) * 1.2);
    for (const weight of figureFontWeights) expect(statSync(figureFontFile(weight)).size).toBeGreaterThan(5e6);
  });

  it('draws a box for a character that the fonts lack, and nothing for what has no shape', async () => {
    const shown = async (text: string) => (await character(text)).toString('base64');
    const lacking = ['\u{1f600}', '\ue123', '\u{2a6b2}'];
    expect(new Set(await Promise.all(lacking.map(shown)))).toEqual(new Set([await shown('□')]));
    expect(await shown('水\u200b\ufe0e')).toBe(await shown('水'));
    expect(fontCharacters(readFileSync(figureFontFile('regular')))(0x6c34)).toBe(true);
  });

  it('is the picture that the whole fonts would give', async () => {
    const lines = ['安澜市 2024 年度 AVAT fi To.', '鄂尔多斯 12,345.67 km²（100%）', '&lt;吉野家&gt; — “水”'];
    const text = lines.map((line, i) => svgText(10, 40 + 40 * i, line, { size: 24, bold: i === 1, halo: i }));
    const svg = page(text.join(''), 480);
    const font = { loadSystemFonts: false, fontFiles: figureFontWeights.map(figureFontFile) };
    const whole = new Resvg(svg, { background: '#ffffff', imageRendering: 1, languages: ['zh-CN'], font });
    expect(Buffer.compare(await svgToPng(svg), whole.render().asPng())).toBe(0);
  });

  it('draws pictures inside a figure cell by cell, without smoothing', async () => {
    const checks = palettePng(2, 2, Uint8Array.of(0, 1, 1, 0), [
      [255, 0, 0, 255],
      [0, 0, 255, 255],
    ]);
    const uri = `data:image/png;base64,${Buffer.from(checks).toString('base64')}`;
    const picture = readPng(await svgToPng(page(`<image width="64" height="64" xlink:href="${uri}"/>`)));
    expect([...picture.colours().keys()].sort()).toEqual(['#0000ff', '#ff0000']);
    expect([picture.pixel(1, 1), picture.pixel(62, 1)].map(hex)).toEqual(['#ff0000', '#0000ff']);
  });

  it('keeps the proportions at another width', async () => {
    const { width, height } = readPng(await svgToPng(page(''), { width: 160 }));
    expect([width, height]).toEqual([160, 160]);
  });

  it('escapes what would end a text, and leaves out what XML cannot hold', async () => {
    expect(escapeXml('<甲&"乙">\u0000\ud800')).toBe('&lt;甲&amp;&quot;乙&quot;&gt;');
    const png = await svgToPng(page(svgText(0, 20, '</text><rect/>\u0008&', { size: 12 })));
    expect(readPng(png).width).toBe(64);
  });
});

describe('a picture of palette indices', () => {
  it('gives every pixel the colour and opacity of its index', () => {
    const palette = [
      [1, 2, 3, 255],
      [40, 50, 60, 0],
      [255, 255, 0, 128],
    ] as const;
    const indices = Uint8Array.of(0, 1, 2, 2, 1, 0);
    const picture = readPng(palettePng(3, 2, indices, palette));
    for (const [cell, index] of indices.entries())
      expect(picture.pixel(cell % 3, Math.floor(cell / 3))).toEqual([...palette[index]!]);
  });

  it('refuses pixels that do not fill it', () => {
    expect(() => palettePng(2, 2, new Uint8Array(3), [[0, 0, 0, 255]])).toThrow(RangeError);
  });
});
