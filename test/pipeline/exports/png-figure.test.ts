import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { figureFontFiles } from '../../../pipeline/exports/fonts.ts';
import { palettePng } from '../../../pipeline/exports/palette-png.ts';
import { svgToPng } from '../../../pipeline/exports/png-figure.ts';
import { escapeXml, svgText } from '../../../pipeline/exports/svg-text.ts';
import { hex, readPng } from './read-png.ts';

const page = (content: string, size = 64): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size}" height="${size}" font-family="Noto Sans SC">${content}</svg>`;

const character = (text: string, bold = false): Buffer =>
  Buffer.from(svgToPng(page(svgText(8, 50, text, { size: 48, bold })), { weights: [bold ? 'bold' : 'regular'] }));

describe('figures as PNG', () => {
  it('draws every Chinese character with a glyph of its own, not the box of a missing one', () => {
    const missing = character('\ue123').toString('base64');
    const blank = character(' ').toString('base64');
    const drawn = [...'微轻中强极剧烈度县塬'].map((text) => character(text).toString('base64'));
    expect(new Set([...drawn, missing, blank]).size).toBe(drawn.length + 2);
  });

  it('draws bold text with more ink, from a file that is there', () => {
    const ink = (png: Buffer) => readPng(png).colours().get('#222222') ?? 0;
    expect(ink(character('水', true))).toBeGreaterThan(ink(character('水')) * 1.2);
    for (const file of figureFontFiles()) expect(statSync(file).size).toBeGreaterThan(5e6);
  });

  it('draws pictures inside a figure cell by cell, without smoothing', () => {
    const checks = palettePng(2, 2, Uint8Array.of(0, 1, 1, 0), [
      [255, 0, 0, 255],
      [0, 0, 255, 255],
    ]);
    const uri = `data:image/png;base64,${Buffer.from(checks).toString('base64')}`;
    const picture = readPng(svgToPng(page(`<image width="64" height="64" xlink:href="${uri}"/>`)));
    expect([...picture.colours().keys()].sort()).toEqual(['#0000ff', '#ff0000']);
    expect([picture.pixel(1, 1), picture.pixel(62, 1)].map(hex)).toEqual(['#ff0000', '#0000ff']);
  });

  it('keeps the proportions at another width', () => {
    const { width, height } = readPng(svgToPng(page(''), { width: 160 }));
    expect([width, height]).toEqual([160, 160]);
  });

  it('escapes what would end a text, and leaves out what XML cannot hold', () => {
    expect(escapeXml('<甲&"乙">\u0000\ud800')).toBe('&lt;甲&amp;&quot;乙&quot;&gt;');
    expect(() => svgToPng(page(svgText(0, 20, '</text><rect/>\u0008&', { size: 12 })))).not.toThrow();
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
