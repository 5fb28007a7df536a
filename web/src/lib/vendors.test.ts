import { describe, expect, it } from "vitest";
import { OTHER, seriesColour, VENDOR_IDS, vendorColour } from "./vendors";

type Rgb = readonly [number, number, number];

function linear(colour: string): Rgb {
  const channel = (at: number) => {
    const c = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function luminance(colour: string): number {
  const [r, g, b] = linear(colour);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function oklab(colour: string): Rgb {
  const [r, g, b] = linear(colour);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function distance(a: string, b: string): number {
  const [p, q] = [oklab(a), oklab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** Less than this apart, two neighbours of a stack look like one. */
const APART = 0.07;

describe.each([
  ["dark", "#12161d"],
  ["light", "#ffffff"],
] as const)("in the %s theme", (theme, panel) => {
  const vendors = VENDOR_IDS.map(id => [id, vendorColour(id, theme)] as const);
  const places = Array.from({ length: 8 }, (_, place) => [`${place}`, seriesColour(place, theme)] as const);

  it.each([...vendors, ...places])("%s has 3:1 on a panel", (_, colour) => {
    expect(contrast(colour, panel)).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ["vendors", vendors],
    ["series", [...places, [OTHER, vendorColour(OTHER, theme)] as const]],
  ])("no two %s look the same", (_, all) => {
    const near = all.flatMap(([a, one], i) =>
      all.slice(i + 1).flatMap(([b, two]) => (distance(one, two) < APART ? [`${a} and ${b}`] : [])),
    );
    expect(near).toEqual([]);
  });
});
